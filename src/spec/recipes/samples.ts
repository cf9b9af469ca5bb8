// Recipes of the two built-in samples: drawn shapes by folder, and drawn satellite tiles in Planet's layout.
import type { Recipe } from "../recipe";
import { photos } from "./photos";
import { planet } from "./planet";

export const shapes: Recipe = {
  ...photos,
  title: "Sample: shapes",
  data: {
    ...photos.data,
    source: { kind: "sample", hint: "shapes" },
    items: { kind: "files", folder: "" },
    split: { kind: "folder", train: "train", valid: "valid" },
    transforms: [{ kind: "resize", size: 32, method: "squish" }],
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
