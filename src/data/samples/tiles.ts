// The sample "tiles": drawn satellite tiles with several tags each, in the layout of Kaggle's Planet data.
import { createRng } from "../../base/rng";
import { drawScene } from "./drawScene";
import { picture, type Sample, type SampleFile } from "./sample";
import { sceneOf, tagsOf } from "./scene";

const COUNT = 320;
const SIZE = 96;
const SEED = 11;

function files(): SampleFile[] {
  const scenes = Array.from({ length: COUNT }, (_, i) => sceneOf(createRng(SEED, "scene", i)));
  const rows = scenes.map((scene, i) => `train_${i},${tagsOf(scene).join(" ")}\n`);
  const table = new Blob(["image_name,tags\n", ...rows], { type: "text/csv" });
  return [
    { path: "train_v2.csv", make: async () => table },
    ...scenes.map((scene, i) => ({
      path: `train-jpg/train_${i}.jpg`,
      make: () => picture(SIZE, "image/jpeg", (context) => drawScene(context, scene, SIZE, createRng(SEED, "draw", i))),
    })),
  ];
}

export const tiles: Sample = {
  id: "tiles",
  label: "Satellite tiles",
  help: "320 drawn satellite tiles of forest, fields, roads, rivers and clouds. Several tags each, from a table.",
  recipe: "tiles",
  files,
};
