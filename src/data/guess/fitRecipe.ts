// Makes a recipe fit a source whose files are named otherwise, without changing anything else in it.
import type { Guess } from "../../spec/dataReport";
import { compilePattern } from "../../spec/pattern";
import type { Recipe } from "../../spec/recipe";
import type { SplitOf } from "../../spec/splitSpec";
import { templateFinder } from "../labelers/pathTemplate";
import type { FileIndex } from "../sources/fileIndex";
import { findFile } from "../sources/readText";
import { findTable } from "../tables";
import { sample } from "./paths";

function hasItems({ data }: Recipe, index: FileIndex): boolean {
  if (data.items.kind === "csvColumn") return findTable(index, data.items.file) !== null;
  if (data.items.kind === "series") return data.items.files.every((file) => findFile(index, file) >= 0);
  if (data.items.kind === "textColumn") return findTable(index, data.items.file) !== null;
  const { folder } = data.items;
  return folder === "" || index.paths.some((path) => path.startsWith(`${folder}/`));
}

const SAMPLED = 50;

/** Some of the pictures that the labels would have to fit. */
function somePictures(index: FileIndex): string[] {
  const files = sample([...index.images], SAMPLED);
  return files.map((file) => index.paths[file] as string);
}

function hasLabels({ data: { labels } }: Recipe, index: FileIndex): boolean {
  if ("template" in labels) {
    const find = templateFinder(index, labels);
    return somePictures(index).some((path) => find(path) >= 0);
  }
  return !("file" in labels) || labels.file === undefined || findTable(index, labels.file) !== null;
}

/** Whether some item's own path names a group of the recipe; columns are read only later. */
function hasGroup(split: SplitOf<"group">, index: FileIndex): boolean {
  if (split.by !== "folder" || split.groups === undefined || split.groups.length === 0) return true;
  return index.paths.some((path) => split.groups?.includes(path.split("/").at(-1 - split.level) ?? ""));
}

function hasSplit({ data: { split, items } }: Recipe, index: FileIndex): boolean {
  if (split.kind === "listFile") return findFile(index, split.file) >= 0;
  if (split.kind === "group") return hasGroup(split, index);
  if (split.kind === "regex" && items.kind !== "textColumn") {
    const pattern = compilePattern(split.pattern);
    return !pattern.ok || index.paths.some((path) => pattern.value.test(items.kind === "series" ? `${path}#1` : path));
  }
  if (split.kind !== "folder") return true;
  return [split.train, split.valid].some((name) => index.paths.some((path) => path.split("/").includes(name)));
}

/**
 * The recipe itself where its table, folders and labels are there; else with items and labels of the best guess of the same
 * task (a random split stays, with its seed). For recipes that are run on somebody else's folder names.
 */
export function fitRecipe(recipe: Recipe, index: FileIndex, guesses: readonly Guess[]): Recipe {
  const guess = guesses.find(({ task }) => task === recipe.task);
  if (guess === undefined) return recipe;
  const items = hasItems(recipe, index) && hasLabels(recipe, index);
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
