// All labelers by the recipe's kind.
import type { Problem } from "../../base/problem";
import type { Result } from "../../base/result";
import type { LabelerEntry } from "../../spec/blockFields";
import type { LabelsSpec } from "../../spec/recipe";
import { ancestorFolder } from "./ancestorFolder";
import { constant } from "./constant";
import { csvColumn } from "./csvColumn";
import { fileName } from "./fileName";
import { floatColumns } from "./floatColumns";
import type { LabelContext, LabelerOf, Labels } from "./labeler";
import { mask } from "./mask";
import { parentFolder } from "./parentFolder";
import { pointColumns } from "./pointColumns";
import { pointsFile } from "./pointsFile";
import { pose } from "./pose";
import { regex } from "./regex";
import { rowClass } from "./rowClass";

const LABELERS: { readonly [K in LabelsSpec["kind"]]: LabelerOf<K> } = {
  parentFolder,
  ancestorFolder,
  fileName,
  regex,
  csvColumn,
  constant,
  rowClass,
  mask,
  pointColumns,
  pointsFile,
  pose,
  floatColumns,
};

/** For the catalogue. */
export const LABELER_ENTRIES: readonly LabelerEntry[] = Object.values(LABELERS).map(
  ({ run: _run, ...entry }): LabelerEntry => entry,
);

/** The labels of all items, as the recipe says. */
export function labelItems<K extends LabelsSpec["kind"]>(
  spec: Extract<LabelsSpec, { kind: K }>,
  context: LabelContext,
): Promise<Result<Labels, Problem>> {
  const labeler: LabelerOf<K> = LABELERS[spec.kind as K];
  return labeler.run(spec, context);
}
