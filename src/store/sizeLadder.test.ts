// The size ladder: read from the plan, one rung more, one less.
import { expect, it } from "vitest";
import { RECIPES } from "../spec/recipes";
import type { Recipe } from "../spec/recipe";
import { addRung, ladderOf, removeRung } from "./sizeLadder";

const planet = (): Recipe => structuredClone(RECIPES["planet"] as Recipe);

it("reads the lesson's ladder: 128, then 256 at four times the work", () => {
  expect(ladderOf(planet()).map(({ size, cost }) => [size, cost])).toEqual([[128, 1], [256, 4]]); // prettier-ignore
});

it("adds a rung as the lesson does: the same stages without the search, at half the rates", () => {
  const recipe = planet();
  removeRung(recipe, ladderOf(recipe)[1]?.stage ?? 0);
  expect(recipe.train.stages).toHaveLength(6);
  addRung(recipe);
  expect(recipe.train.stages.slice(6)).toEqual([
    { do: "setSize", size: 256 },
    { do: "freeze" },
    { do: "fitOneCycle", epochs: 5, lr: { stop: 5e-3 } },
    { do: "unfreeze" },
    { do: "fitOneCycle", epochs: 5, lr: { start: 1e-5, stop: 1e-3 } },
  ]);
  // The lesson's own notebook.
  expect(recipe.train.stages.slice(6)).toEqual(planet().train.stages.slice(6));
});

it("measures what pictures are cut to in the batch, and stops at the largest size", () => {
  const recipe = planet();
  recipe.data.augment = [{ kind: "randCrop", height: 96, width: 96 }];
  expect(ladderOf(recipe)[0]).toMatchObject({ size: 96, width: 96 });
  recipe.train.stages = [{ do: "setSize", size: 800 }];
  addRung(recipe);
  expect(recipe.train.stages.at(-1)).toEqual({ do: "setSize", size: 1024 });
});

it("keeps the proportions of pictures that are not square", () => {
  const recipe = planet();
  recipe.data.transforms = [{ kind: "resize", size: 96, width: 128, method: "squish" }];
  expect(ladderOf(recipe).map(({ size, width }) => [size, width])).toEqual([[96, 128], [256, 341]]); // prettier-ignore
});
