// Makes a recipe fit a source whose files are named otherwise, without changing anything else in it.
import type { Guess } from "../../spec/dataReport";
import type { Recipe } from "../../spec/recipe";
import type { FileIndex } from "../sources/fileIndex";
import { findFile } from "../sources/readText";
import { findTable } from "../tables";

function hasItems({ data }: Recipe, index: FileIndex): boolean {
  if (data.items.kind === "csvColumn") return findTable(index, data.items.file) !== null;
  if (data.items.kind === "series") return data.items.files.every((file) => findFile(index, file) >= 0);
  if (data.items.kind === "textColumn") return findTable(index, data.items.file) !== null;
  const { folder } = data.items;
  return folder === "" || index.paths.some((path) => path.startsWith(`${folder}/`));
}

function hasSplit({ data: { split } }: Recipe, index: FileIndex): boolean {
  if (split.kind === "listFile") return findFile(index, split.file) >= 0;
  if (split.kind !== "folder") return true;
  return [split.train, split.valid].some((name) => index.paths.some((path) => path.split("/").includes(name)));
}

/**
 * The recipe itself where its table and folders are there; else with items and labels of the best guess of the same
 * task (a random split stays, with its seed). For recipes that are run on somebody else's folder names.
 */
export function fitRecipe(recipe: Recipe, index: FileIndex, guesses: readonly Guess[]): Recipe {
  const guess = guesses.find(({ task }) => task === recipe.task);
  if (guess === undefined) return recipe;
  const items = hasItems(recipe, index);
  const split = hasSplit(recipe, index);
  if (items && split) return recipe;
  return {
    ...recipe,
    data: {
      ...recipe.data,
      ...(items ? {} : { items: guess.data.items, labels: guess.data.labels }),
      ...(split ? {} : { split: guess.data.split }),
    },
  };
}
