// The order in which an epoch goes through the items of one split.
import { createRng, shuffled } from "../base/rng";

export interface Sampler {
  order(epoch: number): readonly number[];
}

/** A fresh shuffle each epoch, by seed and epoch alone. */
export function shuffle(items: readonly number[], seed: number): Sampler {
  return { order: (epoch) => shuffled(items, createRng(seed, "shuffle", epoch)) };
}

/** Always the same order: for validation. */
export function sequential(items: readonly number[]): Sampler {
  return { order: () => items };
}
