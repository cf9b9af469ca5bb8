// The lesson's Planet notebook, stage by stage: multi-label satellite tiles, 128 px and then 256 px.
import type { Recipe } from "../recipe";

export const planet: Recipe = {
  version: 1,
  title: "Planet: Understanding the Amazon",
  seed: 42,
  task: "multiLabel",
  data: {
    source: { kind: "files", hint: "planet" },
    items: { kind: "csvColumn", file: "train_v2.csv", column: "image_name", folder: "train-jpg", suffix: ".jpg" },
    labels: { kind: "csvColumn", column: "tags", delimiter: " " },
    split: { kind: "random", valid: 0.2, seed: 42 },
    limit: null,
    transforms: [{ kind: "resize", size: 128, method: "squish" }],
    augment: [
      { kind: "dihedralAffine" },
      { kind: "rotate", max: 10, p: 0.75 },
      { kind: "zoom", max: 1.05, p: 0.75 },
      { kind: "brightness", max: 0.1, p: 0.75 },
      { kind: "contrast", max: 0.1, p: 0.75 },
    ],
    normalize: "imagenet",
    batchSize: 64,
  },
  model: {
    arch: "resnet50",
    options: {},
    weights: { kind: "none" },
    head: { lin: [512], dropout: 0.5 },
  },
  train: {
    optimizer: { kind: "adamw", wd: 0.01 },
    precision: "f32",
    stages: [
      { do: "freeze" },
      { do: "lrFind" },
      { do: "fitOneCycle", epochs: 5, lr: { stop: 0.01 } },
      { do: "unfreeze" },
      { do: "lrFind" },
      { do: "fitOneCycle", epochs: 5, lr: { start: 1e-5, stop: 2e-3 } },
      { do: "setSize", size: 256 },
      { do: "freeze" },
      { do: "fitOneCycle", epochs: 5, lr: { stop: 5e-3 } },
      { do: "unfreeze" },
      { do: "fitOneCycle", epochs: 5, lr: { start: 1e-5, stop: 1e-3 } },
    ],
  },
  metrics: [
    { kind: "accuracyThresh", thresh: 0.2 },
    { kind: "fbeta", thresh: 0.2, beta: 2 },
  ],
};
