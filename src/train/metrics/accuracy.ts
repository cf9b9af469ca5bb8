// Accuracy, error rate and top-k accuracy of one label an item.
import { argMax, cast, equal, greater, less, mul, oneHot, sub, sum } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { meanMetric } from "./weightedMean";
import type { MetricEntryWithMake } from "./metricEntry";

const hit = (outputs: Tensor, y: Tensor): Tensor => cast(equal(argMax(outputs, -1), cast(y, "int32")), "float32");

/** Share of items whose largest output is their label. */
export const accuracy: MetricEntryWithMake = {
  id: "accuracy",
  label: "Accuracy",
  help: "The share of validation items whose most probable class is the right one.",
  unit: "%",
  better: "higher",
  tasks: ["singleLabel"],
  params: [],
  make: () => meanMetric({ id: "accuracy", label: "Accuracy", unit: "%", better: "higher" }, hit),
};

/** 1 − accuracy. */
export const errorRate: MetricEntryWithMake = {
  id: "errorRate",
  label: "Error rate",
  help: "The share of validation items that the model gets wrong: one minus the accuracy.",
  unit: "%",
  better: "lower",
  tasks: ["singleLabel"],
  params: [],
  make: () =>
    meanMetric({ id: "errorRate", label: "Error rate", unit: "%", better: "lower" }, (outputs, y) =>
      sub(1, hit(outputs, y)),
    ),
};

/** Share of items whose label is among the k largest outputs. */
export const topKAccuracy: MetricEntryWithMake = {
  id: "topKAccuracy",
  label: "Top-k accuracy",
  help: "The share of items whose right class is among the k most probable ones.",
  unit: "%",
  better: "higher",
  tasks: ["singleLabel"],
  params: [
    {
      kind: "number",
      id: "k",
      label: "k",
      help: "How many of the most probable classes count.",
      default: 5,
      min: 1,
      max: 1000,
      step: 1,
      integer: true,
    },
  ],
  make(options) {
    const k = Number(options["k"]);
    return meanMetric({ id: "topKAccuracy", label: `Top-${k} accuracy`, unit: "%", better: "higher" }, (outputs, y) => {
      const own = sum(mul(outputs, oneHot(cast(y, "int32"), outputs.shape[1] ?? 0)), 1, true); // [B, classes] → [B, 1]
      return cast(less(sum(cast(greater(outputs, own), "int32"), 1), k), "float32");
    });
  },
};
