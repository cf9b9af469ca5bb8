// Metrics of the order in which probabilities put the items: they need every one of them, and see them once at the end.
import { clone, sigmoid, softmax } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { MetricInfo } from "../../spec/catalog";
import { readback } from "../../tensor/readback";
import { keep, scope } from "../../tensor/scope";
import type { Metric } from "./metric";
import type { MetricEntryWithMake } from "./metricEntry";

interface Scored {
  readonly score: number;
  readonly positive: boolean;
}

/** Items in falling order of score, in runs of equal ones: [of them positive, of them negative]. */
function runs(items: readonly Scored[]): [number, number][] {
  const sorted = [...items].sort((a, b) => b.score - a.score);
  const result: [number, number][] = [];
  sorted.forEach(({ score, positive }, i) => {
    const last = result.at(-1);
    const same = i > 0 && sorted[i - 1]?.score === score;
    const run = same && last ? last : ([0, 0] as [number, number]);
    run[positive ? 0 : 1] += 1;
    if (run !== last) result.push(run);
  });
  return result;
}

/** Area under the curve of found against falsely found (trapezoids): the chance that a positive ranks above a negative. */
export function areaUnderRoc(items: readonly Scored[]): number {
  let [found, area] = [0, 0];
  const positives = items.filter(({ positive }) => positive).length;
  for (const [right, wrong] of runs(items)) {
    area += wrong * (found + right / 2);
    found += right;
  }
  return area / (positives * (items.length - positives));
}

/** Σ (Rₙ − Rₙ₋₁)·Pₙ over the thresholds, scikit-learn's average precision. */
export function averagePrecision(items: readonly Scored[]): number {
  const positives = items.filter(({ positive }) => positive).length;
  let [found, seen, sum] = [0, 0, 0];
  for (const [right, wrong] of runs(items)) {
    found += right;
    seen += right + wrong;
    sum += (right / positives) * (found / seen);
  }
  return sum;
}

interface Batch {
  readonly scores: Tensor;
  readonly y: Tensor;
  readonly weight: Tensor;
}

/** Each class against the others, averaged over the classes that have both; of two classes the last one alone. */
function ranking(info: MetricInfo, score: (items: readonly Scored[]) => number): Metric {
  let batches: Batch[] = [];
  const reset = (): void => {
    for (const { scores, y, weight } of batches) [scores, y, weight].forEach((tensor) => tensor.dispose());
    batches = [];
  };
  return {
    info,
    reset,
    dispose: reset,
    update(outputs, y, weight) {
      scope(info.id, () => {
        const scores = y.rank === 1 ? softmax(outputs) : sigmoid(outputs);
        batches.push({ scores: keep(scores), y: keep(clone(y)), weight: keep(clone(weight)) });
      });
    },
    async compute() {
      const perClass: Scored[][] = [];
      for (const { scores, y, weight } of batches) {
        const [values, labels, weights] = await Promise.all([readback(scores), readback(y), readback(weight)]);
        const classes = scores.shape[1] ?? 0;
        for (let i = 0; i < values.length; i += 1) {
          const [item, c] = [Math.floor(i / classes), i % classes];
          if (weights[item] === 0) continue;
          const positive = y.rank === 1 ? labels[item] === c : labels[i] === 1;
          (perClass[c] ??= []).push({ score: values[i] as number, positive });
        }
      }
      const used = batches[0]?.y.rank === 1 && perClass.length === 2 ? perClass.slice(1) : perClass;
      const known = used.filter((items) => new Set(items.map(({ positive }) => positive)).size === 2);
      return known.length === 0 ? null : known.reduce((sum, items) => sum + score(items), 0) / known.length;
    },
  };
}

type Words = Pick<MetricEntryWithMake, "id" | "label" | "help">;

const entry = (words: Words, score: (items: readonly Scored[]) => number): MetricEntryWithMake => ({
  ...words,
  unit: "",
  better: "higher",
  tasks: ["singleLabel", "multiLabel"],
  params: [],
  make: () => ranking({ id: words.id, label: words.label, unit: "", better: "higher" }, score),
});

export const rocAuc = entry(
  {
    id: "rocAuc",
    label: "ROC AUC",
    help: "The chance that an item of a class gets a higher probability for it than one that is not. 0.5 is guessing. No threshold is needed.",
  },
  areaUnderRoc,
);

export const apScore = entry(
  {
    id: "apScore",
    label: "Average precision",
    help: "How pure the items stay as one goes down the list from the most probable. More telling than ROC AUC where a class is rare.",
  },
  averagePrecision,
);
