// What every labeler does: an answer for each item, or null where it has none.
import type { Problem } from "../../base/problem";
import type { Result } from "../../base/result";
import type { LabelerEntry } from "../../spec/blockFields";
import { problem } from "../../spec/problems";
import type { LabelsSpec } from "../../spec/recipe";
import type { Items } from "../itemList";
import type { FileIndex } from "../sources/fileIndex";
import type { MaskValues, OddMasks } from "../targets/maskValues";
import type { Tables } from "../tables";

export type ItemLabels = readonly string[];

/** One entry an item; null leaves the item out. */
type Each<T> = readonly (T | null)[];

export type Answers =
  /** Names. */
  | { readonly kind: "labels"; readonly of: Each<ItemLabels> }
  /** File of the mask, −1 for none; the classes by number. */
  | {
      readonly kind: "masks";
      readonly of: Each<number>;
      readonly codes: readonly string[];
      readonly values: MaskValues;
      readonly odd: OddMasks;
    }
  /** (y, x) in pixels for each of the named points. */
  | { readonly kind: "points"; readonly of: Each<Float32Array>; readonly names: readonly string[] }
  /** One number for each name. */
  | { readonly kind: "values"; readonly of: Each<Float32Array>; readonly names: readonly string[] };

export interface Labels {
  readonly answers: Answers;
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

/** A labeler that describes itself. */
export interface LabelerOf<K extends LabelsSpec["kind"]> extends LabelerEntry {
  readonly run: Labeler<K>;
}

/** Path of an item's file. */
export function itemPath({ items }: LabelContext, item: number): string {
  return items.path(item);
}

/** Names by a function of the path; items without one are left out, and named. */
export function labelByPath(context: LabelContext, name: (path: string) => string | null): Labels {
  const missing: string[] = [];
  const of = Array.from(context.items.files, (_, item): ItemLabels | null => {
    const path = itemPath(context, item);
    const found = name(path);
    if (found !== null && found !== "") return [found];
    missing.push(path);
    return null;
  });
  const problems = missing.length > 0 ? [problem("LABEL_MISSING", { items: missing })] : [];
  return { answers: { kind: "labels", of }, problems };
}
