// The part of the recipe that says where labels come from: names, masks, points or numbers.
import { z } from "./schema";

const name = z.string().max(4096);
const names = z.array(name).max(4096);
/** A table besides the one of the items, and its column that names the picture. */
const table = { file: name.optional(), nameColumn: name.optional() };
/** A path with placeholders: `{folder}`, `{parent}`, `{stem}`, `{suffix}`; `strip` is taken off the end of the stem. */
const template = { template: name, strip: name.optional() };

/**
 * Where a camera was held askew, its file says how to turn the picture: whether masks and points lie on the upright picture
 * or on the stored one, as libraries without EXIF read it. Without it they lie on the upright one, and the page says so.
 */
const frame = { frame: z.enum(["upright", "stored"]).optional() };

/** Which value of a mask stands for which code; `from` is a grey or palette value, or a colour `#rrggbb`. */
const maskValueSchema = z.strictObject({
  from: z.union([z.number().int().min(0).max(65535), z.string().regex(/^#[0-9a-f]{6}$/)]),
  /** Number of the code; −1 for pixels that do not count. */
  to: z.number().int().min(-1).max(254),
});

export const labelsSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("parentFolder") }),
  /** The folder above the parent, or further up. */
  z.strictObject({ kind: z.literal("ancestorFolder"), levels: z.number().int().min(1).max(16) }),
  /** The group `label` of a regular expression, or its first group, in the path or in the file's name. */
  z.strictObject({ kind: z.literal("regex"), pattern: z.string().max(500), on: z.enum(["path", "name"]) }),
  /** The file's name up to its number: `cat.12.jpg` and `cat_012.png` are `cat`. */
  z.strictObject({ kind: z.literal("fileName") }),
  z.strictObject({ kind: z.literal("constant"), label: name }),
  /** The class that stands in the row of a series. */
  z.strictObject({ kind: z.literal("rowClass") }),
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
    /** Masks of another size than their picture, but of its shape: left out without it. */
    otherSizes: z.enum(["nearest"]).optional(),
    /** The class that fills pictures without a mask; they are left out without it. */
    missing: name.optional(),
    ...frame,
  }),
  /** Pixel coordinates in columns of a table: pairs, in the order that `order` says. */
  z.strictObject({
    kind: z.literal("pointColumns"),
    /** Empty: every column but the naming one. */
    columns: names,
    order: z.enum(["xy", "yx"]),
    ...table,
    ...frame,
  }),
  /** Points of each picture in a file of its own: `.pts`, or one point a line. */
  z.strictObject({
    kind: z.literal("pointsFile"),
    ...template,
    order: z.enum(["xy", "yx"]),
    /** Numbers of the points that count, from 1; without it all do. */
    only: z
      .array(z.string().regex(/^\d{1,5}$/))
      .max(4096)
      .optional(),
    ...frame,
  }),
  /** A head's centre from BIWI's files: a pose file for each picture, and the camera. */
  z.strictObject({ kind: z.literal("pose"), ...template, calibration: name, ...frame }),
  /** Numbers in columns of a table. */
  z.strictObject({ kind: z.literal("floatColumns"), columns: names, ...table }),
]);

export type LabelsSpec = z.infer<typeof labelsSchema>;
/** One kind of labels. */
export type LabelsOf<K extends LabelsSpec["kind"]> = Extract<LabelsSpec, { kind: K }>;
