// What every splitter does: which items train, which validate, and which are left out.
import type { Problem } from "../../base/problem";
import type { Result } from "../../base/result";
import type { BlockEntry, BlockField } from "../../spec/blockFields";
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
  /** Sorted labels of an item; none where it is answered by something else. */
  readonly labels: (item: number) => readonly string[];
  /** Cells of a column, one an item; null where an item has no row. */
  readonly cells: (spec: CellsSpec) => Promise<Result<readonly (string | null)[], Problem>>;
}

export interface CellsSpec {
  readonly column: string;
  readonly file?: string | undefined;
  readonly nameColumn?: string | undefined;
}

/** A splitter that describes itself. */
export interface SplitterOf<K extends SplitSpec["kind"]> extends BlockEntry {
  readonly run: Splitter<K>;
}

/** The fields that every random choice has. */
export const SEED_FIELDS: readonly BlockField[] = [
  {
    kind: "number",
    id: "valid",
    label: "Held back",
    help: "The share of items that the model never trains on. Its score is measured on them. A fifth is a good habit.",
    default: 0.2,
    min: 0.05,
    max: 0.5,
    step: 0.05,
    percent: true,
  },
  {
    kind: "number",
    id: "seed",
    label: "Seed",
    help: "The same seed always holds back the same items, as numpy would.",
    default: 42,
    min: 0,
    max: 0xffffffff,
    step: 1,
    integer: true,
  },
];

export interface SplitOutcome {
  readonly split: Split;
  readonly problems: readonly Problem[];
}

/** A splitter for one kind of the recipe's `split`. */
export type Splitter<K extends SplitSpec["kind"]> = (
  spec: Extract<SplitSpec, { kind: K }>,
  context: SplitContext,
) => Promise<Result<SplitOutcome, Problem>>;
