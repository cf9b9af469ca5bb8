// What is said of a step's memory: that it fits, that it is computed in parts, and each size of a ladder.
import { expect, it } from "vitest";
import type { Recipe } from "../spec/recipe";
import { RECIPES } from "../spec/recipes";
import { memoryWords } from "./memoryWords";

const camvid = RECIPES["camvid"] as Recipe;
const step = (height: number, width: number, gb: number, atOnce: number, gbAtOnce: number) =>
  ({ size: [height, width], bytes: gb * 1e9, atOnce, bytesAtOnce: gbAtOnce * 1e9 }) as const;

it("says what a step takes of what it may", () => {
  expect(memoryWords(camvid, { steps: [step(360, 480, 3.1, 8, 3.1)] })).toEqual([
    "A step of 8 pictures takes about 3.1 GB of the 4.0 GB that it may take.",
  ]);
  expect(memoryWords(camvid, null)).toEqual([]);
});

it("says in how many parts it is computed, at each size", () => {
  const recipe: Recipe = { ...camvid, train: { ...camvid.train, memory: 8 } };
  expect(memoryWords(recipe, { steps: [step(360, 480, 9.5, 4, 5.5), step(720, 960, 36, 1, 5)] })).toEqual([
    "At 360 × 480: 8 pictures at once would take about 9.5 GB. They are computed 4 at a time, with about 5.5 GB, and together make one step.",
    "At 720 × 960: 8 pictures at once would take about 36.0 GB. They are computed one at a time, with about 5.0 GB, and together make one step.",
  ]);
});
