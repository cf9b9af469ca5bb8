// All splitters by the recipe's kind.
import type { Problem } from "../../base/problem";
import type { Result } from "../../base/result";
import type { SplitSpec } from "../../spec/recipe";
import { byFolder } from "./byFolder";
import { listFile } from "./listFile";
import { random } from "./random";
import type { SplitContext, SplitOutcome, Splitter } from "./splitter";

const SPLITTERS: { readonly [K in SplitSpec["kind"]]: Splitter<K> } = { random, folder: byFolder, listFile };

/** The split of the items, as the recipe says. */
export function splitItems<K extends SplitSpec["kind"]>(
  spec: Extract<SplitSpec, { kind: K }>,
  context: SplitContext,
): Promise<Result<SplitOutcome, Problem>> {
  const splitter: Splitter<K> = SPLITTERS[spec.kind as K];
  return splitter(spec, context);
}
