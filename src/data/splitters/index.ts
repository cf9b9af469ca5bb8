// All splitters by the recipe's kind.
import type { Problem } from "../../base/problem";
import type { Result } from "../../base/result";
import type { BlockEntry } from "../../spec/blockFields";
import type { SplitSpec } from "../../spec/recipe";
import { byColumn } from "./byColumn";
import { byFolder } from "./byFolder";
import { byGroup } from "./byGroup";
import { byRegex } from "./byRegex";
import { kFold } from "./kFold";
import { listFile } from "./listFile";
import { none } from "./none";
import { random } from "./random";
import type { SplitContext, SplitOutcome, SplitterOf } from "./splitter";
import { stratified } from "./stratified";

const SPLITTERS: { readonly [K in SplitSpec["kind"]]: SplitterOf<K> } = {
  random,
  stratified,
  folder: byFolder,
  group: byGroup,
  listFile,
  column: byColumn,
  regex: byRegex,
  kFold,
  none,
};

/** For the catalogue. */
export const SPLITTER_ENTRIES: readonly BlockEntry[] = Object.values(SPLITTERS).map(
  ({ run: _run, ...entry }): BlockEntry => entry,
);

/** The split of the items, as the recipe says. */
export function splitItems<K extends SplitSpec["kind"]>(
  spec: Extract<SplitSpec, { kind: K }>,
  context: SplitContext,
): Promise<Result<SplitOutcome, Problem>> {
  const splitter: SplitterOf<K> = SPLITTERS[spec.kind as K];
  return splitter.run(spec, context);
}
