// The built-in recipes, read straight from the studio's own source.
import { join } from "node:path";
import { runnerImport } from "vite";
import { failure } from "./problem.mjs";

/** @typedef {import("../src/spec/recipe").Recipe} Recipe */

const root = join(import.meta.dirname, "..");

/**
 * All built-in recipes by name.
 * @returns {Promise<Readonly<Record<string, Recipe>>>}
 */
export async function builtInRecipes() {
  const { module } = await runnerImport(join(root, "src/spec/recipes/index.ts"), {
    root,
    configFile: false,
    logLevel: "error",
  });
  return /** @type {{ RECIPES: Readonly<Record<string, Recipe>> }} */ (module).RECIPES;
}

/**
 * One built-in recipe as indented JSON; a Problem names the ones there are when there is none of that name.
 * @param {string} name
 */
export async function recipeText(name) {
  const recipes = await builtInRecipes();
  const recipe = Object.hasOwn(recipes, name) ? recipes[name] : undefined;
  if (recipe) return JSON.stringify(recipe, null, 2);
  const names = Object.keys(recipes);
  throw failure("RECIPE_NAME", `There is no built-in recipe called ${name}.`, "There are these:", names);
}
