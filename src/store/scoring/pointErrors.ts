// How far predicted points and numbers are off, in the units of the files.
import type { ValueInterpretation } from "../../spec/run";

export interface ValueErrors {
  /** Numbers an item, K; for points two each. */
  readonly width: number;
  /** Per item: mean distance of its points in pixels of the file, or mean absolute error, [n]. */
  readonly perItem: Float64Array;
  readonly mean: number;
  readonly median: number;
  /** Root of the mean squared error over all items and outputs. */
  readonly rms: number;
  /** The mean error of always answering the mean of the targets: what a model must beat. */
  readonly constant: number;
  /** Mean error of each point or number. */
  readonly perOutput: readonly number[];
}

const meanOf = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += values[i] ?? 0;
  return values.length === 0 ? Number.NaN : sum / values.length;
};

function median(values: Float64Array): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Error of output `k` of item `i` between two answers; points are (y, x) in half pictures, scaled by the item's extent. */
function distance(
  { task, extents }: ValueInterpretation,
  i: number,
  k: number,
  a: ArrayLike<number>,
  b: ArrayLike<number>,
): number {
  // prettier-ignore
  if (task === "regression") return Math.abs((a[k] ?? 0) - (b[k] ?? 0));
  const [height = 2, width = 2] = [extents[2 * i], extents[2 * i + 1]];
  return Math.hypot((((a[2 * k] ?? 0) - (b[2 * k] ?? 0)) * height) / 2, (((a[2 * k + 1] ?? 0) - (b[2 * k + 1] ?? 0)) * width) / 2); // prettier-ignore
}

/** Errors of all items. */
export function valueErrors(interpretation: ValueInterpretation): ValueErrors {
  const { items, targets, values, task } = interpretation;
  const n = items.length;
  const width = n === 0 ? 0 : targets.length / n;
  const outputs = task === "points" ? width / 2 : width;
  const means = Float64Array.from({ length: width }, (_, k) =>
    meanOf(Array.from({ length: n }, (_unused, i) => targets[i * width + k] ?? 0)),
  );
  const perItem = new Float64Array(n);
  const constants = new Float64Array(n);
  const perOutput = new Float64Array(outputs);
  let squares = 0;
  for (let i = 0; i < n; i += 1) {
    const truth = targets.subarray(i * width, (i + 1) * width);
    const answer = values.subarray(i * width, (i + 1) * width);
    for (let k = 0; k < outputs; k += 1) {
      const off = distance(interpretation, i, k, truth, answer);
      perItem[i] = (perItem[i] ?? 0) + off / outputs;
      squares += off ** 2 / (outputs * n);
      perOutput[k] = (perOutput[k] ?? 0) + off / n;
      constants[i] = (constants[i] ?? 0) + distance(interpretation, i, k, truth, means) / outputs;
    }
  }
  return { width, perItem, mean: meanOf(perItem), median: median(perItem), rms: Math.sqrt(squares), constant: meanOf(constants), perOutput: [...perOutput] }; // prettier-ignore
}

/** 1 − Σ(y − ŷ)² ÷ Σ(y − ȳ)², over all items of one output; NaN where the truth does not vary. */
export function rSquared(targets: ArrayLike<number>, values: ArrayLike<number>): number {
  const mean = meanOf(targets);
  let [left, all] = [0, 0];
  for (let i = 0; i < targets.length; i += 1) {
    left += ((targets[i] ?? 0) - (values[i] ?? 0)) ** 2;
    all += ((targets[i] ?? 0) - mean) ** 2;
  }
  return all > 0 ? 1 - left / all : Number.NaN;
}
