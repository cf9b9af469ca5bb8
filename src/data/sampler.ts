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

/** The items of each class. */
function byClass(items: readonly number[], classOf: (item: number) => string): number[][] {
  const found = new Map<string, number[]>();
  for (const item of items) {
    const of = found.get(classOf(item));
    if (of) of.push(item);
    else found.set(classOf(item), [item]);
  }
  return [...found.values()];
}

/**
 * Every class equally often (fastai's OverSamplingCallback): as many draws as classes times the largest class, each of
 * a class at random and of an item of it at random. By seed and epoch alone.
 */
export function evenClasses(items: readonly number[], classOf: (item: number) => string, seed: number): Sampler {
  const classes = byClass(items, classOf);
  const length = classes.length * Math.max(0, ...classes.map((of) => of.length));
  return {
    order(epoch) {
      const rng = createRng(seed, "evenClasses", epoch);
      return Array.from({ length }, () => {
        const of = classes[rng.below(classes.length)] as number[];
        return of[rng.below(of.length)] as number;
      });
    },
  };
}

/** As many items of every class as the smallest has, none twice, others each epoch; by seed and epoch alone. */
export function thinClasses(items: readonly number[], classOf: (item: number) => string, seed: number): Sampler {
  const classes = byClass(items, classOf);
  const least = Math.min(...classes.map((of) => of.length));
  return {
    order(epoch) {
      const rng = createRng(seed, "thinClasses", epoch);
      return shuffled(classes.flatMap((of) => shuffled(of, rng).slice(0, least)), rng); // prettier-ignore
    },
  };
}
