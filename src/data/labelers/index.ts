// All labelers by the recipe's kind.
import type { Problem } from "../../base/problem";
import type { Result } from "../../base/result";
import type { LabelsSpec } from "../../spec/recipe";
import { csvColumn } from "./csvColumn";
import { floatColumns } from "./floatColumns";
import type { LabelContext, Labeler, Labels } from "./labeler";
import { mask } from "./mask";
import { parentFolder } from "./parentFolder";
import { pointColumns } from "./pointColumns";
import { pose } from "./pose";

const LABELERS: { readonly [K in LabelsSpec["kind"]]: Labeler<K> } = {
  parentFolder,
  csvColumn,
  mask,
  pointColumns,
  pose,
  floatColumns,
};

/** The labels of all items, as the recipe says. */
export function labelItems<K extends LabelsSpec["kind"]>(
  spec: Extract<LabelsSpec, { kind: K }>,
  context: LabelContext,
): Promise<Result<Labels, Problem>> {
  const labeler: Labeler<K> = LABELERS[spec.kind as K];
  return labeler(spec, context);
}
