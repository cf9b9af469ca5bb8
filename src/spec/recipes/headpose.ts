// BIWI head pose, where the centre of a head is: the fourth notebook's one stage.
import { getTransforms } from "../getTransforms";
import type { Recipe } from "../recipe";

export const headpose: Recipe = {
  version: 1,
  title: "Head pose: where the head is",
  seed: 42,
  task: "points",
  data: {
    source: { kind: "files", hint: "biwi_head_pose" },
    items: { kind: "files", folder: "" },
    labels: { kind: "pose", template: "{folder}/{stem}_pose.txt", strip: "_rgb", calibration: "{folder}/rgb.cal" },
    split: { kind: "group", by: "folder", level: 1, groups: ["13"], valid: 0.1, seed: 42 },
    limit: null,
    transforms: [{ kind: "resize", size: 120, width: 160, method: "squish" }],
    augment: getTransforms(),
    normalize: "imagenet",
    batchSize: 64,
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
    stages: [{ do: "freeze" }, { do: "lrFind" }, { do: "fitOneCycle", epochs: 5, lr: { stop: 2e-2 } }],
  },
  metrics: [{ kind: "pointError" }],
};
