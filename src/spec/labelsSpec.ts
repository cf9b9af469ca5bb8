// The part of the recipe that says where labels come from: names, masks, points or numbers.
import { z } from "zod";

const name = z.string().max(4096);
const names = z.array(name).max(4096);
/** A table besides the one of the items, and its column that names the picture. */
const table = { file: name.optional(), nameColumn: name.optional() };
/** A path with placeholders: `{folder}`, `{parent}`, `{stem}`, `{suffix}`; `strip` is taken off the end of the stem. */
const template = { template: name, strip: name.optional() };

/** Which value of a mask stands for which code; `from` is a grey or palette value, or a colour `#rrggbb`. */
const maskValueSchema = z.strictObject({
  from: z.union([z.number().int().min(0).max(65535), z.string().regex(/^#[0-9a-f]{6}$/)]),
  /** Number of the code; −1 for pixels that do not count. */
  to: z.number().int().min(-1).max(254),
});

export const labelsSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("parentFolder") }),
  /** The table of `items`, or `file` when the items are files. `delimiter` null: one label a row. */
  z.strictObject({
    kind: z.literal("csvColumn"),
    column: name,
    delimiter: z.string().max(8).nullable(),
    ...table,
    /** What happens to a picture with two different labels; without it, preparing stops and asks. */
    conflicts: z.enum(["first", "leaveOut"]).optional(),
  }),
  /** A picture of class numbers for each picture. */
  z.strictObject({
    kind: z.literal("mask"),
    ...template,
    /** File with one class name a line; "" where `classes` names them. */
    codes: name,
    classes: names.optional(),
    values: z.array(maskValueSchema).max(4096).optional(),
  }),
  /** Pixel coordinates in columns of a table: pairs, in the order that `order` says. */
  z.strictObject({
    kind: z.literal("pointColumns"),
    /** Empty: every column but the naming one. */
    columns: names,
    order: z.enum(["xy", "yx"]),
    ...table,
  }),
  /** A head's centre from BIWI's files: a pose file for each picture, and the camera. */
  z.strictObject({ kind: z.literal("pose"), ...template, calibration: name }),
  /** Numbers in columns of a table. */
  z.strictObject({ kind: z.literal("floatColumns"), columns: names.min(1), ...table }),
]);

export type LabelsSpec = z.infer<typeof labelsSchema>;
/** One kind of labels. */
export type LabelsOf<K extends LabelsSpec["kind"]> = Extract<LabelsSpec, { kind: K }>;
