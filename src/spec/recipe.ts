// The recipe: one JSON document that says everything that affects a result.
import { z } from "./schema";
import { labelsSchema } from "./labelsSpec";
import { splitSchema } from "./splitSpec";

const name = z.string().max(4096);
const names = z.array(name).max(256);
const fraction = z.number().gt(0).lt(1);
const count = z.number().int().positive();

/** A choice from a registered family with that family's own fields, e.g. `{kind: "rotate", max: 10}`; the engine checks the fields. */
const described = z
  .object({ kind: z.string().min(1).max(64) })
  .catchall(z.union([z.number(), z.boolean(), z.string().max(4096)]));

export const itemsSchema = z.discriminatedUnion("kind", [
  /** Every image below `folder` ("" = everywhere). */
  z.strictObject({ kind: z.literal("files"), folder: name }),
  /** Series of numbers, one a row, in tables without a header, `.ts` or `.arff` files. */
  z.strictObject({
    kind: z.literal("series"),
    files: names,
    label: z.enum(["first", "last", "none"]),
    /** What happens to series of another length; they are left out without it. */
    otherLengths: z.enum(["linear", "paa"]).optional(),
    /** Numbers in a series; the most frequent length without it. */
    length: count.max(1_000_000).optional(),
  }),
  /** Every text file below `folder`. */
  z.strictObject({ kind: z.literal("textFiles"), folder: name }),
  /** One text a row. */
  z.strictObject({ kind: z.literal("textColumn"), file: name, column: name }),
  /** One item a row: `folder/` + the column's value + `suffix`. */
  z.strictObject({ kind: z.literal("csvColumn"), file: name, column: name, folder: name, suffix: name }),
]);

/** What is changed about the labels after they are read. */
const classesSchema = z.strictObject({
  /** From a label to another one; two labels with the same new name are one class. */
  rename: z.array(z.strictObject({ from: name, to: name })).max(4096),
  /** Labels that do not count: items with nothing else are left out. */
  exclude: z.array(name).max(4096),
});

export const dataSchema = z.strictObject({
  source: z.strictObject({ kind: z.enum(["files", "sample"]), hint: name }),
  items: itemsSchema,
  labels: labelsSchema,
  classes: classesSchema.optional(),
  split: splitSchema,
  /** What happens to validation pictures that look like one of the training set; kept without it. */
  twins: z.enum(["leaveOut"]).optional(),
  /** Trains on a seeded subset of this many items (fastai `use_partial_data`); null takes all. */
  limit: count.nullable(),
  /** Of each picture: 3 is colour (as without it), 1 grey, any other number the bands that the files have. */
  channels: count.max(16).optional(),
  /** Black and white in the files' own numbers, for pictures that hold measurements; each picture's own without it. */
  range: z.tuple([z.number(), z.number()]).optional(),
  transforms: z.array(described).max(32),
  augment: z.array(described).max(64),
  normalize: z.string().max(64),
  batchSize: count.max(4096),
});

export const modelSchema = z.strictObject({
  arch: z.string().min(1).max(64),
  /** Fields of the architecture itself, e.g. width and depth of `resnetMini`. */
  options: z.record(z.string().max(64), z.union([z.number(), z.boolean(), z.string().max(256)])),
  weights: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("none") }),
    /** `fit`: what may start fresh all the same; without it, every tensor must fit. */
    z.strictObject({ kind: z.literal("file"), name, fit: z.enum(["whole", "head", "partial"]).optional() }),
    /** An encoder of the catalogue; its head always starts fresh. */
    z.strictObject({ kind: z.literal("hub"), id: name }),
  ]),
  head: z.strictObject({
    lin: z.array(count.max(16384)).max(8),
    dropout: z.number().min(0).lt(1),
    /** Squeezes the outputs between two numbers with a sigmoid (fastai's `y_range`). */
    yRange: z.tuple([z.number(), z.number()]).optional(),
    /** Each channel's maximum and mean, or its mean alone. Without it: both. */
    concatPool: z.boolean().optional(),
    /** Pools to this many rows and columns of places, so that what lies where is kept; 1 without it. */
    grid: count.max(8).optional(),
    /** A batch norm of the pooled features. Without it: there is one. */
    bnFirst: z.boolean().optional(),
    /** A batch norm after the last layer. */
    bnFinal: z.boolean().optional(),
  }),
});

/** fastai's learning-rate argument: a number, `slice(stop)` or `slice(start, stop)`. */
export const learningRateSchema = z.union([
  z.number().positive(),
  z.strictObject({ stop: z.number().positive() }),
  z.strictObject({ start: z.number().positive(), stop: z.number().positive() }),
]);

export const stageSchema = z.discriminatedUnion("do", [
  z.strictObject({ do: z.literal("freeze") }),
  z.strictObject({ do: z.literal("unfreeze") }),
  z.strictObject({ do: z.literal("freezeTo"), group: z.number().int() }),
  z.strictObject({
    do: z.literal("lrFind"),
    start: z.number().positive().optional(),
    end: z.number().positive().optional(),
    steps: count.max(2000).optional(),
  }),
  z.strictObject({
    do: z.literal("fitOneCycle"),
    epochs: count.max(10000),
    lr: learningRateSchema,
    pctStart: fraction.optional(),
    div: z.number().positive().optional(),
    divFinal: z.number().positive().optional(),
    moms: z.tuple([z.number().min(0).lt(1), z.number().min(0).lt(1)]).optional(),
  }),
  z.strictObject({ do: z.literal("fit"), epochs: count.max(10000), lr: learningRateSchema }),
  z.strictObject({
    do: z.literal("fitFlatCos"),
    epochs: count.max(10000),
    lr: learningRateSchema,
    pctStart: fraction.optional(),
    divFinal: z.number().positive().optional(),
  }),
  z.strictObject({
    do: z.literal("fitSgdr"),
    cycles: count.max(20),
    cycleLen: count.max(1000),
    cycleMult: count.max(10).optional(),
    lr: learningRateSchema,
  }),
  z.strictObject({
    do: z.literal("fitSchedule"),
    epochs: count.max(10000),
    lr: learningRateSchema,
    schedule: described,
  }),
  /** Progressive resizing: the same data at another size. */
  z.strictObject({ do: z.literal("setSize"), size: count.max(4096) }),
]);

export const trainSchema = z.strictObject({
  optimizer: described,
  /** The task's usual loss where it is left out. */
  loss: described.optional(),
  /** What else happens in every fit. */
  callbacks: z.array(described).max(32).optional(),
  precision: z.enum(["f32", "f16"]),
  /** Gigabytes of GPU memory that a step may take: a batch that needs more is computed in parts, as one step. */
  memory: z.number().min(0.1).max(1024).optional(),
  stages: z.array(stageSchema).max(100),
});

export const recipeSchema = z.strictObject({
  version: z.literal(1),
  title: z.string().max(200),
  seed: z.number().int().min(0).max(0xffffffff),
  task: z.enum(["singleLabel", "multiLabel", "segmentation", "points", "regression"]),
  data: dataSchema,
  model: modelSchema,
  train: trainSchema,
  metrics: z.array(described).max(32),
});

export type Recipe = z.infer<typeof recipeSchema>;
export type Task = Recipe["task"];
export type DataSpec = Recipe["data"];
export type ItemsSpec = DataSpec["items"];
export type { LabelsSpec } from "./labelsSpec";
export type { SplitSpec } from "./splitSpec";
export type ModelSpec = Recipe["model"];
export type Stage = Recipe["train"]["stages"][number];
export type LearningRate = z.infer<typeof learningRateSchema>;
/** `{kind, ...fields}`: one choice from a registered family. */
export type Choice = z.infer<typeof described>;
