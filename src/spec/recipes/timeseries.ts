// Time series as pictures: each row of numbers becomes Gramian angular fields, and a network for photographs tells them apart.
import type { Recipe } from "../recipe";

export const timeseries: Recipe = {
  version: 1,
  title: "Time series as pictures",
  seed: 42,
  task: "singleLabel",
  data: {
    source: { kind: "files", hint: "OliveOil" },
    items: { kind: "series", files: ["OliveOil_TRAIN.tsv", "OliveOil_TEST.tsv"], label: "first" },
    labels: { kind: "rowClass" },
    split: { kind: "regex", pattern: "OliveOil_TEST\\.tsv" },
    limit: null,
    transforms: [{ kind: "seriesPicture", size: 64, colours: "channels", red: "gasf", green: "gadf", blue: "mtf" }],
    augment: [],
    normalize: "imagenet",
    batchSize: 16,
  },
  model: {
    arch: "resnet34",
    options: {},
    weights: { kind: "none" },
    head: { lin: [512], dropout: 0.5 },
  },
  train: {
    optimizer: { kind: "adamw", wd: 0.01 },
    precision: "f32",
    stages: [{ do: "lrFind" }, { do: "fitOneCycle", epochs: 20, lr: 5e-3 }],
  },
  metrics: [{ kind: "accuracy" }, { kind: "errorRate" }],
};
