// The pairs of classes that are mistaken most often (fastai's `most_confused`), and the classes with the most mistakes.
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

/** At most `most` of the classes, in their order: those that are taken for others, and others for them, most often. */
export function mostMistaken(
  { classes, counts }: Confusion,
  among: readonly number[],
  most: number,
): readonly number[] {
  if (among.length <= most) return among;
  const mistakes = new Map(
    among.map((label) => {
      let sum = 0;
      for (let other = 0; other < classes; other += 1)
        if (other !== label) sum += (counts[label * classes + other] ?? 0) + (counts[other * classes + label] ?? 0);
      return [label, sum];
    }),
  );
  const worst = among.toSorted((a, b) => (mistakes.get(b) ?? 0) - (mistakes.get(a) ?? 0)).slice(0, most);
  return among.filter((label) => worst.includes(label));
}
