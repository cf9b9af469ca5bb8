// When a label counts as predicted: its probability lies above the label's threshold, in float32 as the engine compares.
import type { Recipe } from "../../spec/recipe";

/** fastai's usual threshold for several labels an item. */
export const USUAL_THRESHOLD = 0.2;

/** The threshold that the recipe's metrics score with, or the usual one. */
export function thresholdOf(recipe: Pick<Recipe, "metrics">): number {
  const found = recipe.metrics.map((metric) => metric["thresh"]).find((value) => typeof value === "number");
  return typeof found === "number" ? found : USUAL_THRESHOLD;
}

/** The metrics' beta, or 2 as for Planet. */
export function betaOf(recipe: Pick<Recipe, "metrics">): number {
  const found = recipe.metrics.map((metric) => metric["beta"]).find((value) => typeof value === "number");
  return typeof found === "number" ? found : 2;
}

/** One threshold for every label. */
export function sameThreshold(threshold: number, classes: number): Float32Array {
  return new Float32Array(classes).fill(threshold);
}

/** Labels of one item whose probability is above their threshold. */
export function labelsAbove(row: Float32Array, thresholds: Float32Array): number[] {
  const labels: number[] = [];
  row.forEach((probability, label) => {
    if (probability > (thresholds[label] ?? 1)) labels.push(label);
  });
  return labels;
}
