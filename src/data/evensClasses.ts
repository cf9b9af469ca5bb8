// Whether training evens out its classes, and how many items an epoch has then.
import type { Recipe } from "../spec/recipe";
import type { BlockPlan } from "./blockPlan";

/** How the recipe evens out its classes: only single labels have classes to count. */
export function evensClasses({ task, train }: Recipe): "largest" | "smallest" | null {
  const own = task === "singleLabel" ? train.callbacks?.find(({ kind }) => kind === "overSampling") : undefined;
  if (own === undefined) return null;
  return own["to"] === "smallest" ? "smallest" : "largest";
}

/** Items of an epoch of training: all, or as many of every class as the largest or the smallest has. */
export function itemsOfEpoch(recipe: Recipe, { labels }: BlockPlan, train: readonly number[]): number {
  const even = evensClasses(recipe);
  if (even === null || train.length === 0) return train.length;
  const counts = new Map<string, number>();
  for (const item of train) counts.set(labels[item]?.[0] ?? "", (counts.get(labels[item]?.[0] ?? "") ?? 0) + 1);
  return counts.size * Math[even === "largest" ? "max" : "min"](...counts.values());
}
