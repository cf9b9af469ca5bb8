// fastai's fbeta over all items at given thresholds, and over a sweep of thresholds in one pass.
import type { ClassInterpretation } from "../../spec/run";
import { fScore } from "./perLabel";

type Scored = Pick<ClassInterpretation, "vocab" | "targets" | "probabilities">;

const EPSILON = 1e-9;

/** F of one item from its counts: P = right/(predicted + ε), R = right/(present + ε), (1 + β²)PR/(β²P + R + ε). */
function ofItem(right: number, predicted: number, present: number, beta2: number): number {
  const precision = right / (predicted + EPSILON);
  const recall = right / (present + EPSILON);
  return ((1 + beta2) * precision * recall) / (beta2 * precision + recall + EPSILON);
}

/** Mean F-beta over the items, each label at its own threshold (fastai `fbeta`, Kaggle's score for Planet); null without items. */
export function fbeta(
  { vocab, targets, probabilities }: Scored,
  thresholds: Float32Array,
  beta: number,
): number | null {
  const classes = vocab.length;
  const items = classes > 0 ? probabilities.length / classes : 0;
  if (items === 0) return null;
  let sum = 0;
  for (let item = 0; item < items; item += 1) {
    let [right, predicted, present] = [0, 0, 0];
    for (let label = 0; label < classes; label += 1) {
      const at = item * classes + label;
      const above = (probabilities[at] ?? 0) > (thresholds[label] ?? 1);
      const there = targets[at] === 1;
      if (above) predicted += 1;
      if (there) present += 1;
      if (above && there) right += 1;
    }
    sum += ofItem(right, predicted, present, beta ** 2);
  }
  return sum / items;
}

/** Share of all (item, label) pairs that are decided rightly (fastai `accuracy_thresh`); null without items. */
export function accuracyAbove({ vocab, targets, probabilities }: Scored, thresholds: Float32Array): number | null {
  if (probabilities.length === 0) return null;
  let right = 0;
  for (let at = 0; at < probabilities.length; at += 1) {
    const above = (probabilities[at] ?? 0) > (thresholds[at % vocab.length] ?? 1);
    if (above === (targets[at] === 1)) right += 1;
  }
  return right / probabilities.length;
}

/** Thresholds of a sweep: 0, 0.01 … 0.99. */
export const SWEEP: readonly number[] = Array.from({ length: 100 }, (_, k) => k / 100);
const BOUNDS = Float32Array.from(SWEEP);

/** How many thresholds of the sweep a probability lies above. */
function passed(probability: number): number {
  let k = Math.max(0, Math.min(SWEEP.length, Math.ceil(probability * 100)));
  while (k > 0 && !(probability > (BOUNDS[k - 1] ?? 0))) k -= 1;
  while (k < SWEEP.length && probability > (BOUNDS[k] ?? 1)) k += 1;
  return k;
}

export interface SweepPoint {
  readonly threshold: number;
  readonly score: number;
}

/** Mean F-beta at every threshold of the sweep (all labels alike); O(n · (classes + 100)). */
export function sweepAll({ vocab, targets, probabilities }: Scored, beta: number): SweepPoint[] {
  const classes = vocab.length;
  const items = classes > 0 ? probabilities.length / classes : 0;
  const sums = new Float64Array(SWEEP.length);
  const predicted = new Int32Array(SWEEP.length + 1);
  const right = new Int32Array(SWEEP.length + 1);
  for (let item = 0; item < items; item += 1) {
    predicted.fill(0);
    right.fill(0);
    let present = 0;
    for (let label = 0; label < classes; label += 1) {
      const at = item * classes + label;
      const k = passed(probabilities[at] ?? 0);
      predicted[k] = (predicted[k] ?? 0) + 1;
      if (targets[at] !== 1) continue;
      present += 1;
      right[k] = (right[k] ?? 0) + 1;
    }
    let [above, hits] = [0, 0];
    for (let k = SWEEP.length; k > 0; k -= 1) {
      above += predicted[k] ?? 0;
      hits += right[k] ?? 0;
      sums[k - 1] = (sums[k - 1] ?? 0) + ofItem(hits, above, present, beta ** 2);
    }
  }
  return SWEEP.map((threshold, k) => ({ threshold, score: items === 0 ? 0 : (sums[k] ?? 0) / items }));
}

/** F-beta of one label on its own at every threshold of the sweep; 0 where it is undefined. */
export function sweepLabel({ vocab, targets, probabilities }: Scored, label: number, beta: number): SweepPoint[] {
  const right = new Int32Array(SWEEP.length + 1);
  const wrong = new Int32Array(SWEEP.length + 1);
  let support = 0;
  for (let at = label; at < probabilities.length; at += vocab.length) {
    const k = passed(probabilities[at] ?? 0);
    const counts = targets[at] === 1 ? right : wrong;
    if (targets[at] === 1) support += 1;
    counts[k] = (counts[k] ?? 0) + 1;
  }
  const points: SweepPoint[] = [];
  let [tp, fp] = [0, 0];
  for (let k = SWEEP.length; k > 0; k -= 1) {
    tp += right[k] ?? 0;
    fp += wrong[k] ?? 0;
    points.unshift({ threshold: SWEEP[k - 1] ?? 0, score: fScore(tp, fp, support - tp, beta) ?? 0 });
  }
  return points;
}

/** The point with the highest score, the one nearest to the middle of equals in a row; null for an empty sweep. */
export function bestOfSweep(points: readonly SweepPoint[]): SweepPoint | null {
  const top = Math.max(...points.map(({ score }) => score));
  const first = points.findIndex(({ score }) => score === top);
  if (first < 0) return null;
  let last = first;
  while (points[last + 1]?.score === top) last += 1;
  return points[Math.floor((first + last) / 2)] ?? null;
}
