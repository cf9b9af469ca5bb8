// Where the weights lie that a run begins from: given by hand, or named by the recipe.
import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { failure } from "./problem.mjs";

/** @param {string} path */
const isFile = (path) => existsSync(path) && statSync(path).isFile();

/**
 * The name of the weight file in a recipe document, with what `--set` changes about it.
 * @param {unknown} recipe
 * @param {readonly (readonly [string, unknown])[]} sets
 * @returns {string | null}
 */
function nameIn(recipe, sets) {
  /** @type {unknown} */
  let weights = /** @type {{ model?: { weights?: unknown } } | null} */ (recipe)?.model?.weights;
  for (const [path, value] of sets) {
    if (path === "model.weights") weights = value;
    if (path === "model.weights.name") weights = { kind: "file", name: value };
  }
  const { kind, name } = /** @type {{ kind?: unknown, name?: unknown }} */ (weights ?? {});
  return kind === "file" && typeof name === "string" ? name : null;
}

/**
 * A path to the weights, or null where the run begins without: `--weights`, else the recipe's file by its path, beside
 * the recipe, or in the data folder.
 * @param {{ given: string | null, recipe: unknown, recipeWord: string, data: string | null, sets: readonly (readonly [string, unknown])[] }} command
 * @returns {string | null}
 */
export function weightsPath({ given, recipe, recipeWord, data, sets }) {
  if (given !== null) {
    if (isFile(given)) return given;
    throw failure("WEIGHTS_MISSING", "There is no such weight file.", "Nothing was trained.", [given]);
  }
  const name = nameIn(recipe, sets);
  if (name === null) return null;
  const places = [name, join(dirname(recipeWord), name), ...(data === null ? [] : [join(data, name)])];
  const found = places.find(isFile);
  if (found !== undefined) return found;
  throw failure(
    "WEIGHTS_MISSING",
    "The recipe's weight file is not there.",
    "It was looked for in these places:",
    places,
  );
}
