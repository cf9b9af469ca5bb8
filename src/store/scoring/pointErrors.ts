// How far predicted points and numbers are off, in the units of the files.
import { FRAME_NUMBERS, inFile } from "../../spec/fileFrame";
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

/** Error of output `k` of item `i` between two answers; points are (y, x) in half pictures, scaled by the item's frame. */
function distance(
  { task, frames }: ValueInterpretation,
  i: number,
  k: number,
  a: ArrayLike<number>,
  b: ArrayLike<number>,
): number {
  // prettier-ignore
  if (task === "regression") return Math.abs((a[k] ?? 0) - (b[k] ?? 0));
  const [height = 2, width = 2, turned = 0] = frames.subarray(FRAME_NUMBERS * i + 2, FRAME_NUMBERS * (i + 1));
  const [down, across] = turned === 0 ? [height, width] : [width, height];
  return Math.hypot((((a[2 * k] ?? 0) - (b[2 * k] ?? 0)) * down) / 2, (((a[2 * k + 1] ?? 0) - (b[2 * k + 1] ?? 0)) * across) / 2); // prettier-ignore
}

/** The numbers of one item as its file has them: points as (y, x) in its pixels. */
export function fileNumbers(
  { items, task, frames }: Pick<ValueInterpretation, "items" | "task" | "frames">,
  all: Float32Array,
  i: number,
): Float32Array {
  const width = all.length / Math.max(1, items.length);
  const own = all.slice(i * width, (i + 1) * width);
  if (task === "regression") return own;
  return inFile(own, frames.subarray(FRAME_NUMBERS * i, FRAME_NUMBERS * (i + 1)));
}

/** How far one item's answer is off, for each point (in pixels of its file) or number. */
export function itemErrors(interpretation: ValueInterpretation, i: number): number[] {
  const [truth, answer] = [fileNumbers(interpretation, interpretation.targets, i), fileNumbers(interpretation, interpretation.values, i)]; // prettier-ignore
  if (interpretation.task === "regression")
    return Array.from(truth, (value, k) => Math.abs(value - (answer[k] ?? NaN)));
  return Array.from({ length: truth.length / 2 }, (_, k) =>
    Math.hypot((truth[2 * k] ?? 0) - (answer[2 * k] ?? 0), (truth[2 * k + 1] ?? 0) - (answer[2 * k + 1] ?? 0)),
  );
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

/** R² of each number an item has: numbers of different units must not be thrown together. */
export function fitOfEach({
  items,
  targets,
  values,
}: Pick<ValueInterpretation, "items" | "targets" | "values">): number[] {
  const n = items.length;
  const width = n === 0 ? 0 : targets.length / n;
  const column = (all: Float32Array, k: number): Float32Array => Float32Array.from({ length: n }, (_, i) => all[i * width + k] ?? 0); // prettier-ignore
  return Array.from({ length: width }, (_, k) => rSquared(column(targets, k), column(values, k)));
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
