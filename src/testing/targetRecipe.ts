// Recipes of small pictures with targets, without augmentation, for tests of the data block.
import type { DataSpec, Recipe } from "../spec/recipe";
import { RECIPES } from "../spec/recipes";

const photos = RECIPES["photos"] as Recipe;

/** The recipe of photographs with another task and other fields, at `size` pixels, in batches of four. */
export function targetRecipe(task: Recipe["task"], data: Partial<DataSpec>, size = 16): Recipe {
  const transforms = [{ kind: "resize", size, method: "squish" }];
  return { ...photos, task, data: { ...photos.data, transforms, augment: [], batchSize: 4, ...data } };
}
