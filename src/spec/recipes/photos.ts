// Folders of photographs, one label each: the first recipe of the course, trained from scratch with a small ResNet.
import { getTransforms } from "../getTransforms";
import type { Recipe } from "../recipe";

export const photos: Recipe = {
  version: 1,
  title: "Photographs by folder",
  seed: 42,
  task: "singleLabel",
  data: {
    source: { kind: "files", hint: "" },
    items: { kind: "files", folder: "" },
    labels: { kind: "parentFolder" },
    split: { kind: "random", valid: 0.2, seed: 42 },
    limit: null,
    transforms: [{ kind: "resize", size: 64, method: "crop" }],
    augment: getTransforms(),
    normalize: "imagenet",
    batchSize: 32,
  },
  model: {
    arch: "resnetMini",
    options: { width: 16, depth: 1 },
    weights: { kind: "none" },
    head: { lin: [64], dropout: 0.25 },
  },
  train: {
    optimizer: { kind: "adamw", wd: 0.01 },
    precision: "f32",
    stages: [{ do: "lrFind" }, { do: "fitOneCycle", epochs: 10, lr: 0.01 }],
  },
  metrics: [{ kind: "accuracy" }, { kind: "errorRate" }],
};
