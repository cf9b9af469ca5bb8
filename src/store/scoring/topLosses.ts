// The items that the model gets most wrong (fastai's `top_losses`).
import type { ClassInterpretation } from "../../spec/run";

/** Positions of the `most` items with the largest loss, largest first; NaN counts as largest; equals in order. */
export function topLosses(
  losses: Float32Array,
  most: number,
  keep: (position: number) => boolean = () => true,
): number[] {
  const rank = (position: number): number => {
    const loss = losses[position] ?? 0;
    return Number.isNaN(loss) ? Number.POSITIVE_INFINITY : loss;
  };
  return Array.from(losses.keys())
    .filter(keep)
    .sort((a, b) => (rank(b) === rank(a) ? a - b : rank(b) - rank(a)))
    .slice(0, most);
}

/** All probabilities of one item, by class. */
export function probabilitiesOf({ probabilities, vocab }: ClassInterpretation, position: number): Float32Array {
  return probabilities.subarray(position * vocab.length, (position + 1) * vocab.length);
}

/** The true classes of one item: one for single label, any number for multi label. */
export function trueClasses({ task, targets, vocab }: ClassInterpretation, position: number): number[] {
  if (task === "singleLabel") return [targets[position] ?? 0];
  return vocab.flatMap((_, label) => (targets[position * vocab.length + label] === 1 ? [label] : []));
}
