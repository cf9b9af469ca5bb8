// F-beta of every item's labels, averaged over the items (fastai's fbeta, and Kaggle's score for Planet with beta 2).
import { add, cast, div, greater, mul, sigmoid, sum } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { betaParam, threshParam } from "./metricEntry";
import type { MetricEntryWithMake } from "./metricEntry";
import { meanMetric } from "./weightedMean";

const epsilon = 1e-9;

/** Per item: P = TP/(predicted + ε), R = TP/(present + ε), F = (1 + β²)PR/(β²P + R + ε); 0 without labels. */
export function fbetaPerItem(probabilities: Tensor, y: Tensor, thresh: number, beta: number): Tensor {
  const predicted = cast(greater(probabilities, thresh), "float32");
  const present = cast(y, "float32");
  const right = sum(mul(predicted, present), 1); // [B, classes] → [B]
  const precision = div(right, add(sum(predicted, 1), epsilon));
  const recall = div(right, add(sum(present, 1), epsilon));
  const below = add(add(mul(precision, beta ** 2), recall), epsilon);
  return div(mul(mul(precision, recall), 1 + beta ** 2), below);
}

export const fbeta: MetricEntryWithMake = {
  id: "fbeta",
  label: "F-beta",
  help: "Balances how many predicted labels are right against how many present labels are found, for each item. Beta 2 cares more about finding them.",
  unit: "",
  better: "higher",
  tasks: ["multiLabel"],
  params: [threshParam(0.2), betaParam],
  make(options) {
    const [thresh, beta] = [Number(options["thresh"]), Number(options["beta"])];
    const info = { id: "fbeta", label: `F${beta} at ${thresh}`, unit: "", better: "higher" } as const;
    return meanMetric(info, (outputs, y) => fbetaPerItem(sigmoid(outputs), y, thresh, beta));
  },
};
