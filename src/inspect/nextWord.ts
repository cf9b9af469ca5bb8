// Which word comes next, drawn from probabilities the way fastai's `predict` does.
import type { Rng } from "../base/rng";

export interface NextWordOptions {
  /** Below 1: the likely ones become likelier. 1 unless told. */
  readonly temperature?: number;
  /** Words less likely than this are left out, unless that leaves none. */
  readonly minP?: number;
  /** Only so many of the likeliest. */
  readonly topK?: number;
  /** Ids that never come. */
  readonly never?: readonly number[];
}

/** The ids that may come and their weights, which need not add up to 1; not empty for finite probabilities. */
export function nextWordWeights(probabilities: ArrayLike<number>, options: NextWordOptions = {}): Float64Array {
  const { temperature = 1, minP = 0, topK = Number.POSITIVE_INFINITY, never = [] } = options;
  const weights = Float64Array.from(probabilities);
  for (const id of never) weights[id] = 0;
  if (minP > 0 && weights.some((p) => p >= minP)) weights.forEach((p, id) => (weights[id] = p >= minP ? p : 0));
  if (topK < weights.length) {
    const kept = new Set([...weights.keys()].sort((a, b) => (weights[b] as number) - (weights[a] as number)).slice(0, topK)); // prettier-ignore
    weights.forEach((_, id) => (weights[id] = kept.has(id) ? (weights[id] as number) : 0));
  }
  // Relative to the largest: small probabilities to a high power would all vanish.
  const largest = weights.reduce((most, p) => Math.max(most, p), 0);
  if (temperature !== 1 && largest > 0) weights.forEach((p, id) => (weights[id] = (p / largest) ** (1 / temperature)));
  return weights;
}

/** Draws an index with these weights. */
export function drawIndex(weights: ArrayLike<number>, rng: Rng): number {
  let total = 0;
  for (let i = 0; i < weights.length; i += 1) total += weights[i] as number;
  let left = rng.uniform() * total;
  let last = 0;
  for (let i = 0; i < weights.length; i += 1) {
    const weight = weights[i] as number;
    if (weight <= 0) continue;
    left -= weight;
    last = i;
    if (left < 0) return i;
  }
  return last;
}
