// The part of the recipe that says which items are kept back to validate on.
import { z } from "./schema";

const name = z.string().max(4096);
const fraction = z.number().gt(0).lt(1);
/** A table besides the one of the items, and its column that names the picture. */
const table = { file: name.optional(), nameColumn: name.optional() };
const seed = z.number().int().min(0).max(0xffffffff);

export const splitSchema = z.discriminatedUnion("kind", [
  /** numpy's permutation of the items in order, first int(valid·n) are validation (fastai `split_by_rand_pct`). */
  z.strictObject({ kind: z.literal("random"), valid: fraction, seed }),
  /** By the first folder below the source that carries one of these names. */
  z.strictObject({ kind: z.literal("folder"), train: name, valid: name }),
  /** A text file with the names of the validation items, one a line (fastai `split_by_fname_file`). */
  z.strictObject({ kind: z.literal("listFile"), file: name }),
  /** The same share of every class. */
  z.strictObject({ kind: z.literal("stratified"), valid: fraction, seed }),
  /** Items whose cell says yes (fastai `split_from_df`), or one of `values`. */
  z.strictObject({ kind: z.literal("column"), column: name, values: z.array(name).max(1000).optional(), ...table }),
  /** Whole groups, such as a person or a video: by a folder, a regular expression or a column. */
  z.strictObject({
    kind: z.literal("group"),
    by: z.enum(["folder", "regex", "column"]),
    /** Folders up from the file: 1 is its own folder. */
    level: z.number().int().min(1).max(16),
    pattern: z.string().max(500).optional(),
    column: name.optional(),
    ...table,
    /** The groups to validate on; without it they are drawn. */
    groups: z.array(name).max(10000).optional(),
    valid: fraction,
    seed,
  }),
  /** Items whose path the pattern finds. */
  z.strictObject({ kind: z.literal("regex"), pattern: z.string().max(500) }),
  /** One of `folds` equal parts. */
  z.strictObject({
    kind: z.literal("kFold"),
    folds: z.number().int().min(2).max(100),
    /** Which part validates, from 0. */
    fold: z.number().int().min(0).max(99),
    seed,
  }),
  /** Everything trains. */
  z.strictObject({ kind: z.literal("none") }),
]);

export type SplitSpec = z.infer<typeof splitSchema>;
/** One kind of split. */
export type SplitOf<K extends SplitSpec["kind"]> = Extract<SplitSpec, { kind: K }>;
