// What an engine with a toy dataset answers: real shapes, small sizes.
import { ok } from "../base/result";
import type { EngineApi } from "../rpc/protocol";
import type { Catalog } from "../spec/catalog";
import type { DataReport, Guess, PreviewItem, SlotName, SourceInfo } from "../spec/dataReport";
import { SLOTS } from "../spec/dataReport";
import type { DeviceReport } from "../spec/device";
import { RECIPES } from "../spec/recipes";
import type { BatchRow, EpochRow, Progress, RunSummary } from "../spec/run";

export const toyDevice: DeviceReport = {
  backend: "webgpu",
  adapter: { vendor: "acme", architecture: "one", description: "Acme One", software: false },
  features: ["shader-f16"],
  limits: { maxBufferSize: 4_000_000_000 },
  slow: false,
  selfTest: [{ name: "matrix product", maxError: 2e-6, ok: true }],
};

export const toyCatalog: Catalog = {
  items: [],
  labelers: [],
  splitters: [],
  transforms: [{ id: "resize", label: "Resize", help: "", params: [] }],
  augments: [{ id: "flip", label: "Flip", help: "", params: [] }],
  normalizations: [{ id: "imagenet", label: "ImageNet", help: "", params: [], stats: null }],
  architectures: [{ id: "resnetMini", label: "Small ResNet", help: "", params: [], encoder: true }],
  optimizers: [{ id: "adamw", label: "AdamW", help: "", params: [] }],
  losses: [],
  callbacks: [],
  schedules: [],
  metrics: [
    { id: "accuracy", label: "Accuracy", help: "", params: [], unit: "%", better: "higher", tasks: ["singleLabel"] },
    { id: "errorRate", label: "Error rate", help: "", params: [], unit: "%", better: "lower", tasks: ["singleLabel"] },
    { id: "fbeta", label: "F2", help: "", params: [], unit: "", better: "higher", tasks: ["multiLabel"] },
  ],
  unet: [],
  samples: [{ id: "shapes", label: "Shapes", help: "", recipe: "shapes" }],
};

export const toySource: SourceInfo = {
  name: "pets",
  kind: "directory",
  files: 12,
  images: 12,
  tables: 0,
  bytes: 12_000,
  problems: [],
};

export const toyGuesses: readonly Guess[] = [
  {
    id: "folders",
    task: "singleLabel",
    title: "Looks like image classification by folder: 2 classes, 12 images.",
    evidence: ["Two folders hold all pictures."],
    score: 0.9,
    data: {
      items: { kind: "files", folder: "images" },
      labels: { kind: "parentFolder" },
      split: { kind: "random", valid: 0.25, seed: 7 },
    },
  },
  {
    id: "table",
    task: "multiLabel",
    title: "Looks like a table of tags.",
    evidence: ["tags.csv names the pictures."],
    score: 0.4,
    data: {
      items: { kind: "csvColumn", file: "tags.csv", column: "image", folder: "", suffix: ".jpg" },
      labels: { kind: "csvColumn", column: "tags", delimiter: " " },
      split: { kind: "random", valid: 0.25, seed: 7 },
    },
  },
];

export const toyReport: DataReport = {
  ready: true,
  slots: SLOTS.map((slot: SlotName) => ({ slot, state: "ok", headline: "fine", detail: "", problems: [] })),
  items: 12,
  train: 9,
  valid: 3,
  skipped: [],
  outputs: 2,
  maskValues: [],
  vocab: ["cat", "dog"],
  histogram: [
    { label: "cat", train: 5, valid: 1 },
    { label: "dog", train: 4, valid: 2 },
  ],
  inputShape: [32, 32, 3],
  stats: null,
  problems: [],
};

/** A picture that counts how often it was closed. */
export function toyPicture(item: number): PreviewItem & { readonly closed: () => number } {
  let closed = 0;
  const image = { width: 32, height: 32, close: () => void (closed += 1) };
  return { item, path: `cat/${item}.jpg`, labels: ["cat"], image, closed: () => closed };
}

/** One training step. */
export function toyRow(step: number, loss = 1): BatchRow {
  return { step, stage: 0, epoch: 0, loss, smooth: loss, lr: 0.01, momentum: 0.9 };
}

/** One line of the table, with one metric. */
export function toyEpoch(epoch: number, metric: number): EpochRow {
  return { stage: 0, epoch, step: epoch * 10 + 9, trainLoss: 0.5, validLoss: 0.4, metrics: [metric], seconds: 1 };
}

export const toyProgress: Progress = {
  phase: "training",
  stage: 0,
  epoch: 2,
  epochs: 10,
  batch: 41,
  batches: 250,
  step: 410,
  steps: 1000,
  elapsed: 130_000,
  left: 185_000,
  itemsPerSecond: 312,
  loss: 0.412,
  lr: 0.0012,
  gpuBytes: 1_300_000_000,
};

/** How a run of the built-in shapes recipe ended. */
export function toySummary(runId: string, over: Partial<RunSummary> = {}): RunSummary {
  const recipe = RECIPES["shapes"];
  if (!recipe) throw new Error("the recipe shapes is built in");
  return {
    runId,
    status: "finished",
    seed: recipe.seed,
    metrics: [{ id: "accuracy", label: "Accuracy", unit: "%", better: "higher" }],
    epochs: [toyEpoch(0, 0.5), toyEpoch(1, 0.9)],
    lrFinds: [],
    steps: 20,
    nextStage: recipe.train.stages.length,
    seconds: 2,
    parameters: 1000,
    recipe,
    counts: null,
    problem: null,
    ...over,
  };
}

/** Answers to every call that a visit makes before it trains. */
export const toyAnswers: Partial<EngineApi> = {
  start: () => Promise.resolve(ok(toyDevice)),
  catalog: () => Promise.resolve(toyCatalog),
  openProject: () => Promise.resolve({ project: null, resumable: null, kept: null, persistent: true }),
  saveProject: ({ sequence }) => Promise.resolve(ok({ sequence })),
  openSource: () => Promise.resolve(ok(toySource)),
  reconnect: () => Promise.resolve({ handle: null, source: null }),
  guess: () => Promise.resolve(toyGuesses),
  outline: () => Promise.resolve(null),
  prepare: () => Promise.resolve(toyReport),
  preview: ({ count }) => Promise.resolve(Array.from({ length: count }, (_, item) => toyPicture(item))),
  walk: (item) => Promise.resolve([{ slot: "source", title: "File", value: `cat/${item}.jpg` }]),
  tryAugment: () => Promise.resolve(ok([])),
  describeModel: () =>
    Promise.resolve(
      ok({ parameters: 21_800_000, trainableFrozen: 1000, layers: [], groups: [], macs: 1, memoryBytes: 1, steps: [] }),
    ),
  control: () => Promise.resolve(),
};
