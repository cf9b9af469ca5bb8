// What every labeler does: one list of labels an item, or null where it has none.
import type { Problem } from "../../base/problem";
import type { Result } from "../../base/result";
import type { LabelsSpec } from "../../spec/recipe";
import type { Items } from "../items";
import type { FileIndex } from "../sources/fileIndex";
import type { Tables } from "../tables";

export type ItemLabels = readonly string[];

export interface Labels {
  /** One entry an item; null leaves the item out. */
  readonly of: readonly (ItemLabels | null)[];
  readonly problems: readonly Problem[];
}

export interface LabelContext {
  readonly index: FileIndex;
  readonly tables: Tables;
  readonly items: Items;
  /** Several labels an item are meant, so that none at all is a label too. */
  readonly multi: boolean;
}

/** A labeler for one kind of the recipe's `labels`. */
export type Labeler<K extends LabelsSpec["kind"]> = (
  spec: Extract<LabelsSpec, { kind: K }>,
  context: LabelContext,
) => Promise<Result<Labels, Problem>>;
