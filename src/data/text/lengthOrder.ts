// The orders in which a classifier goes through texts: by length, so that a batch holds little padding.
import { shuffled } from "../../base/rng";
import type { Rng } from "../../base/rng";

/** fastai sorts within so many batches. */
const batchesSorted = 50;

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}

const longestFirst = (items: readonly number[], lengths: ArrayLike<number>): number[] =>
  items.toSorted((a, b) => (lengths[b] as number) - (lengths[a] as number));

/** fastai's SortSampler: the longest first. */
export function sortOrder(lengths: ArrayLike<number>): number[] {
  return longestFirst(range(lengths.length), lengths);
}

/**
 * fastai's SortishSampler: shuffled, sorted by length within 50 batches, those batches shuffled, the one with the
 * longest text first: what does not fit into memory fails at once. Where batches do not come out even, the short one
 * stands anywhere and those after it are cut across, as in fastai.
 */
export function sortishOrder(lengths: ArrayLike<number>, batchSize: number, rng: Rng): number[] {
  const mixed = shuffled(range(lengths.length), rng);
  const sorted = chunks(mixed, batchSize * batchesSorted).flatMap((part) => longestFirst(part, lengths));
  const batches = chunks(sorted, batchSize);
  if (batches.length === 0) return [];
  const longest = batches.reduce((best, batch, i) => {
    const length = (at: number): number => lengths[batches[at]?.[0] as number] as number;
    return length(i) > length(best) ? i : best;
  }, 0);
  const [first, other] = [batches[0] as number[], batches[longest] as number[]];
  [batches[0], batches[longest]] = [other, first];
  return [...(batches[0] as number[]), ...shuffled(batches.slice(1), rng).flat()];
}
