// The part of the recipe that says which items are kept back to validate on.
import { z } from "zod";

const name = z.string().max(4096);
const fraction = z.number().gt(0).lt(1);
const seed = z.number().int().min(0).max(0xffffffff);

export const splitSchema = z.discriminatedUnion("kind", [
  /** numpy's permutation of the items in order, first int(valid·n) are validation (fastai `split_by_rand_pct`). */
  z.strictObject({ kind: z.literal("random"), valid: fraction, seed }),
  /** By the first folder below the source that carries one of these names. */
  z.strictObject({ kind: z.literal("folder"), train: name, valid: name }),
  /** A text file with the names of the validation items, one a line (fastai `split_by_fname_file`). */
  z.strictObject({ kind: z.literal("listFile"), file: name }),
]);

export type SplitSpec = z.infer<typeof splitSchema>;
/** One kind of split. */
export type SplitOf<K extends SplitSpec["kind"]> = Extract<SplitSpec, { kind: K }>;
