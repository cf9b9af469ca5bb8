// Share of right yes-or-no answers over all labels (fastai's accuracy_thresh).
import { cast, equal, greater, mean, sigmoid } from "@tensorflow/tfjs-core";
import { threshParam } from "./metricEntry";
import type { MetricEntryWithMake } from "./metricEntry";
import { meanMetric } from "./weightedMean";

export const accuracyThresh: MetricEntryWithMake = {
  id: "accuracyThresh",
  label: "Accuracy at threshold",
  help: "The share of right yes-or-no answers over all items and labels. It looks high when most labels are absent; trust F-beta more.",
  unit: "%",
  better: "higher",
  tasks: ["multiLabel"],
  params: [threshParam(0.5)],
  make(options) {
    const thresh = Number(options["thresh"]);
    const info = { id: "accuracyThresh", label: `Accuracy at ${thresh}`, unit: "%", better: "higher" } as const;
    return meanMetric(info, (outputs, y) => {
      const predicted = cast(greater(sigmoid(outputs), thresh), "float32");
      return mean(cast(equal(predicted, y), "float32"), -1); // [B, classes] → [B]
    });
  },
};
