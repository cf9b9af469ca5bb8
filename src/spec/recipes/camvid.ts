// CamVid, every pixel one of its classes: the third notebook's stages, at half size and then at full size.
import { getTransforms } from "../getTransforms";
import type { Recipe } from "../recipe";

export const camvid: Recipe = {
  version: 1,
  title: "CamVid: what every pixel is",
  seed: 42,
  task: "segmentation",
  data: {
    source: { kind: "files", hint: "camvid" },
    items: { kind: "files", folder: "images" },
    labels: { kind: "mask", template: "labels/{stem}_P.png", codes: "codes.txt" },
    split: { kind: "listFile", file: "valid.txt" },
    limit: null,
    transforms: [{ kind: "resize", size: 360, width: 480, method: "squish" }],
    augment: getTransforms(),
    normalize: "imagenet",
    batchSize: 8,
  },
  model: {
    arch: "resnet34",
    options: {},
    weights: { kind: "none" },
    head: { lin: [], dropout: 0 },
  },
  train: {
    optimizer: { kind: "adamw", wd: 0.01 },
    precision: "f32",
    stages: [
      { do: "freeze" },
      { do: "lrFind" },
      { do: "fitOneCycle", epochs: 10, lr: { stop: 3e-3 }, pctStart: 0.9 },
      { do: "unfreeze" },
      { do: "fitOneCycle", epochs: 12, lr: { start: 7.5e-6, stop: 7.5e-4 }, pctStart: 0.8 },
      { do: "setSize", size: 720 },
      { do: "freeze" },
      { do: "fitOneCycle", epochs: 10, lr: { stop: 1e-3 }, pctStart: 0.8 },
      { do: "unfreeze" },
      { do: "fitOneCycle", epochs: 10, lr: { start: 1e-6, stop: 1e-4 } },
    ],
  },
  metrics: [
    { kind: "accCamvid", void: "Void" },
    { kind: "meanIou", void: "Void" },
  ],
};
