// Accuracy and error rate of one label an item.
import { argMax, cast, equal, sub } from "@tensorflow/tfjs-core";
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
