// What a data block is before any picture is read: files, labels, split and vocabulary.
import type { Task } from "../spec/recipe";
import type { TextsOfItems } from "./itemList";
import type { Split } from "./splitters/splitter";
import type { MaskValues, OddMasks } from "./targets/maskValues";
import type { Vocab } from "./vocab";

/** What the items are answered with besides names, in the items' order. */
export type PlanTargets =
  | { readonly kind: "labels" }
  /** File of each mask, −1 for none. */
  | { readonly kind: "masks"; readonly files: Int32Array; readonly values: MaskValues; readonly odd: OddMasks }
  /** (y, x) in pixels of each point, [items × 2P]. */
  | { readonly kind: "points"; readonly of: readonly Float32Array[] }
  /** [items × K] */
  | { readonly kind: "values"; readonly of: readonly Float32Array[] };

export interface BlockPlan {
  readonly task: Task;
  /** File of each item. */
  readonly files: Int32Array;
  /** What an item is called. */
  path(item: number): string;
  /** Numbers of each item instead of a picture. */
  readonly series: readonly Float32Array[] | null;
  /** Texts instead of pictures. */
  readonly texts: TextsOfItems | null;
  /** Sorted labels of each item; none where it is answered by something else. */
  readonly labels: readonly (readonly string[])[];
  readonly split: Split;
  /** Classes, codes, or the names of points or numbers. */
  readonly vocab: Vocab;
  readonly targets: PlanTargets;
}
