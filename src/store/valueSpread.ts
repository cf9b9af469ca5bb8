// How one of the numbers to be learned is spread, in equal steps from its least to its greatest value.
import type { LabelFacts } from "../spec/dataLook";

export interface SpreadBin {
  readonly from: number;
  readonly to: number;
  readonly train: number;
  readonly valid: number;
}

export interface Spread {
  readonly bins: readonly SpreadBin[];
  readonly mean: number;
  readonly std: number;
  readonly low: number;
  readonly high: number;
}

/** Of number `at`; a single value makes a single bin. */
export function spreadOf(
  { names, values, valid }: Extract<LabelFacts, { kind: "values" }>,
  at: number,
  bins: number,
): Spread {
  const all = Array.from({ length: valid.length }, (_, i) => values[i * names.length + at] as number);
  let [low, high, sum, squares] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0];
  for (const value of all) {
    low = Math.min(low, value);
    high = Math.max(high, value);
    sum += value;
  }
  const mean = sum / (all.length || 1);
  for (const value of all) squares += (value - mean) ** 2;
  const count = high > low ? bins : 1;
  const width = (high - low) / count;
  const found = Array.from({ length: count }, (_, i) => ({ from: low + i * width, to: i === count - 1 ? high : low + (i + 1) * width, train: 0, valid: 0 })); // prettier-ignore
  for (const [i, value] of all.entries()) {
    let bin = width === 0 ? 0 : Math.min(count - 1, Math.floor((value - low) / width));
    // The edges are what a person filters by, so they decide, whatever rounding did to the division.
    while (bin > 0 && value < (found[bin]?.from ?? low)) bin -= 1;
    while (bin < count - 1 && value >= (found[bin + 1]?.from ?? high)) bin += 1;
    const own = found[bin];
    if (own) own[valid[i] === 1 ? "valid" : "train"] += 1;
  }
  return { bins: found, mean, std: Math.sqrt(squares / (all.length || 1)), low, high };
}
