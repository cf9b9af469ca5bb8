// What every splitter does: which items train, which validate, and which are left out.
import type { Problem } from "../../base/problem";
import type { Result } from "../../base/result";
import type { SplitSpec } from "../../spec/recipe";
import type { FileIndex } from "../sources/fileIndex";

export const TRAIN = 0;
export const VALID = 1;
export const UNUSED = 2;

/** Per item TRAIN, VALID or UNUSED. */
export type Split = Uint8Array;

export interface SplitContext {
  readonly count: number;
  /** Path of an item. */
  readonly path: (item: number) => string;
  readonly index: FileIndex;
}

export interface SplitOutcome {
  readonly split: Split;
  readonly problems: readonly Problem[];
}

/** A splitter for one kind of the recipe's `split`. */
export type Splitter<K extends SplitSpec["kind"]> = (
  spec: Extract<SplitSpec, { kind: K }>,
  context: SplitContext,
) => Promise<Result<SplitOutcome, Problem>>;
