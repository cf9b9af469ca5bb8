// fastai's smoothed loss: an exponential moving average with its start corrected.

export interface Smoothing {
  /** Takes a value and returns the average so far. */
  add(value: number): number;
  /** NaN before the first value. */
  readonly value: number;
  readonly state: { readonly average: number; readonly count: number };
  restore(state: { readonly average: number; readonly count: number }): void;
}

/** avg ← β·avg + (1 − β)·x, divided by 1 − βⁿ. */
export function createSmoothing(beta = 0.98): Smoothing {
  let average = 0;
  let count = 0;
  const value = () => (count === 0 ? Number.NaN : average / (1 - beta ** count));
  return {
    add(x) {
      average = beta * average + (1 - beta) * x;
      count += 1;
      return value();
    },
    get value() {
      return value();
    },
    get state() {
      return { average, count };
    },
    restore(state) {
      average = state.average;
      count = state.count;
    },
  };
}
