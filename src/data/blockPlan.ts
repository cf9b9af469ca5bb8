// What a data block is before any picture is read: files, labels, split and vocabulary.
import type { Task } from "../spec/recipe";
import type { Split } from "./splitters/splitter";
import type { Vocab } from "./vocab";

export interface BlockPlan {
  readonly task: Task;
  /** File of each item. */
  readonly files: Int32Array;
  /** Sorted labels of each item. */
  readonly labels: readonly (readonly string[])[];
  readonly split: Split;
  readonly vocab: Vocab;
}
