// F-beta of several labels an item over the whole epoch, label by label (fastai's MultiLabelFbeta).
import { add, cast, greater, mul, reshape, sigmoid, stack, sum, zeros } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { readback } from "../../tensor/readback";
import { keep, scope } from "../../tensor/scope";
import { averageParam, betaParam, threshParam } from "./metricEntry";
import type { MetricEntryWithMake } from "./metricEntry";

/** From the counts of right, predicted and present labels, [3 × labels]. */
export function fbetaOfCounts(counts: ArrayLike<number>, average: string, beta: number): number {
  const labels = counts.length / 3;
  const rows = [0, 1, 2].map((row) => Array.from({ length: labels }, (_, c) => counts[row * labels + c] ?? 0));
  const [right = [], predicted = [], present = []] = rows;
  const score = (hit: number, said: number, there: number): number => {
    const [p, r] = [said > 0 ? hit / said : 0, there > 0 ? hit / there : 0];
    return p + r > 0 ? ((1 + beta ** 2) * p * r) / (beta ** 2 * p + r) : 0;
  };
  const total = (row: readonly number[]): number => row.reduce((all, count) => all + count, 0);
  if (average === "micro") return score(total(right), total(predicted), total(present));
  const each = right.map((hit, c) => score(hit, predicted[c] ?? 0, present[c] ?? 0));
  if (average === "macro") return total(each) / labels;
  return total(each.map((value, c) => value * (present[c] ?? 0))) / total(present);
}

export const fbetaMulti: MetricEntryWithMake = {
  id: "fbetaMulti",
  label: "F-beta of labels",
  help: "Balances how many predicted labels are right against how many present ones are found, label by label over all items.",
  unit: "",
  better: "higher",
  tasks: ["multiLabel"],
  params: [threshParam(0.3), betaParam, averageParam(["micro", "macro", "weighted"])],
  make(options) {
    const [thresh, beta, average] = [Number(options["thresh"]), Number(options["beta"]), String(options["average"])];
    let counts: Tensor | null = null;
    const reset = (): void => {
      counts?.dispose();
      counts = null;
    };
    return {
      info: { id: "fbetaMulti", label: `F${beta} at ${thresh}, ${average}`, unit: "", better: "higher" },
      reset,
      dispose: reset,
      update(outputs, y, weight) {
        const next = scope("fbetaMulti", () => {
          const real = reshape(weight, [-1, 1]);
          const predicted = mul(cast(greater(sigmoid(outputs), thresh), "float32"), real);
          const present = mul(cast(y, "float32"), real);
          const batch = stack([mul(predicted, present), predicted, present].map((labels) => sum(labels, 0)));
          return keep(add(counts ?? zeros(batch.shape), batch));
        });
        counts?.dispose();
        counts = next;
      },
      async compute() {
        if (!counts) return null;
        return fbetaOfCounts(Float64Array.from(await readback(counts)), average, beta);
      },
    };
  },
};
