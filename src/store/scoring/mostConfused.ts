// The pairs of classes that are mistaken most often (fastai's `most_confused`).
import type { Confusion } from "./confusion";

export interface ConfusedPair {
  readonly actual: number;
  readonly predicted: number;
  readonly count: number;
}

/** Off-diagonal cells of at least `least` items, largest first; equals in reading order. */
export function mostConfused({ classes, counts }: Confusion, least = 1): ConfusedPair[] {
  const pairs: ConfusedPair[] = [];
  counts.forEach((count, cell) => {
    const actual = Math.floor(cell / classes);
    const predicted = cell % classes;
    if (actual !== predicted && count >= least) pairs.push({ actual, predicted, count });
  });
  return pairs.sort((a, b) => b.count - a.count);
}
