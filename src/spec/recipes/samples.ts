// Recipes of the built-in samples: each in the layout of a lesson, small enough for any computer.
import { getTransforms } from "../getTransforms";
import type { Recipe } from "../recipe";
import { camvid } from "./camvid";
import { headpose } from "./headpose";
import { photos } from "./photos";
import { planet } from "./planet";
import { timeseries } from "./timeseries";

export const shapes: Recipe = {
  ...photos,
  title: "Sample: shapes",
  data: {
    ...photos.data,
    source: { kind: "sample", hint: "shapes" },
    items: { kind: "files", folder: "" },
    split: { kind: "folder", train: "train", valid: "valid" },
    transforms: [{ kind: "resize", size: 32, method: "squish" }],
    // At 32 pixels a warp leaves little of a small square.
    augment: getTransforms({ maxWarp: 0 }),
    batchSize: 16,
  },
  model: { ...photos.model, options: { width: 8, depth: 1, stem: 1 }, head: { lin: [32], dropout: 0.1 } },
  train: { ...photos.train, stages: [{ do: "fitOneCycle", epochs: 12, lr: 0.01 }] },
};

export const tiles: Recipe = {
  ...planet,
  title: "Sample: satellite tiles",
  data: {
    ...planet.data,
    source: { kind: "sample", hint: "tiles" },
    transforms: [{ kind: "resize", size: 32, method: "squish" }],
    batchSize: 16,
  },
  model: { ...planet.model, arch: "resnetMini", options: { width: 8, depth: 1 }, head: { lin: [32], dropout: 0.1 } },
  train: { ...planet.train, stages: [{ do: "fitOneCycle", epochs: 5, lr: 0.01 }] },
};

const mini = (width: number, lin: readonly number[]) => ({
  arch: "resnetMini",
  options: { width, depth: 1, stem: 2 },
  weights: { kind: "none" as const },
  head: { lin: [...lin], dropout: 0.1 },
});

export const streets: Recipe = {
  ...camvid,
  title: "Sample: street scenes",
  data: {
    ...camvid.data,
    source: { kind: "sample", hint: "streets" },
    transforms: [{ kind: "resize", size: 48, width: 64, method: "squish" }],
  },
  model: { ...mini(8, []), options: { width: 8, depth: 1, stem: 2, norm: "batch" } },
  train: { ...camvid.train, stages: [{ do: "fitOneCycle", epochs: 6, lr: 0.01, pctStart: 0.5 }] },
};

export const heads: Recipe = {
  ...headpose,
  title: "Sample: head poses",
  data: {
    ...headpose.data,
    source: { kind: "sample", hint: "heads" },
    transforms: [{ kind: "resize", size: 48, width: 64, method: "squish" }],
    batchSize: 16,
  },
  model: { ...mini(8, [32]), head: { lin: [32], dropout: 0 } },
  train: { ...headpose.train, stages: [{ do: "fitOneCycle", epochs: 30, lr: 0.01 }] },
};

export const beats: Recipe = {
  ...timeseries,
  title: "Sample: heartbeats",
  data: {
    ...timeseries.data,
    source: { kind: "sample", hint: "beats" },
    items: { kind: "series", files: ["Beats_TEST.tsv", "Beats_TRAIN.tsv"], label: "first" },
    split: { kind: "regex", pattern: "Beats_TEST\\.tsv" },
    transforms: [{ kind: "seriesPicture", size: 48, colours: "channels", red: "gasf", green: "gadf", blue: "mtf" }],
    batchSize: 16,
  },
  model: mini(8, [32]),
  train: { ...timeseries.train, stages: [{ do: "fitOneCycle", epochs: 12, lr: 0.01 }] },
};
