// What the items of a recipe are called, and what is predicted of them, in words.
import type { Recipe } from "../spec/recipe";
import type { Interpretation } from "../spec/run";
import { plural } from "./formatNumbers";

/** "1 picture", "50 series", "3 texts". */
export function countItems(count: number, { data }: Pick<Recipe, "data">): string {
  if (data.items.kind === "series") return plural(count, "series", "series");
  return plural(count, data.items.kind.startsWith("text") ? "text" : "picture");
}

/** Tags side by side, as fastai titles pictures; numbers with commas between. */
export const answerWords = (labels: readonly string[], { task }: Pick<Recipe, "task">): string => labels.join(task === "regression" ? ", " : " "); // prettier-ignore

const ANSWERS: Readonly<Record<Interpretation["task"], readonly [one: string, many: string]>> = {
  singleLabel: ["class", "classes"],
  multiLabel: ["label", "labels"],
  segmentation: ["class", "classes"],
  points: ["point", "points"],
  regression: ["number", "numbers"],
};

/** What stands in the table of predictions: "57 pictures, 68 points, in pixels of each file." */
export function predictionsSentence({ task, losses, vocab }: Interpretation, recipe: Pick<Recipe, "data">): string {
  const counts = `${countItems(losses.length, recipe)}, ${plural(vocab.length, ...ANSWERS[task])}`;
  if (task === "points") return `${counts}, in pixels of each file.`;
  return task === "multiLabel" ? `${counts}. Labels count as predicted at the thresholds chosen under Inspect.` : `${counts}.`; // prettier-ignore
}
