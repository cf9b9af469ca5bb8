// Perplexity: e to the mean cross-entropy over the epoch.
import { softmaxCrossEntropy } from "../../kernels/softmaxCrossEntropy";
import { cast } from "@tensorflow/tfjs-core";
import { scope } from "../../tensor/scope";
import type { MetricEntryWithMake } from "./metricEntry";
import { createWeightedMean } from "./weightedMean";

export const perplexity: MetricEntryWithMake = {
  id: "perplexity",
  label: "Perplexity",
  help: "Among how many equally likely classes the model is in doubt, so to say: 1 is certain and right.",
  unit: "",
  better: "lower",
  tasks: ["singleLabel"],
  params: [],
  make() {
    const mean = createWeightedMean();
    return {
      info: { id: "perplexity", label: "Perplexity", unit: "", better: "lower" },
      reset: mean.reset,
      dispose: mean.dispose,
      update: (outputs, y, weight) =>
        void scope("perplexity", () => {
          const { perItem, share } = softmaxCrossEntropy(outputs, cast(y, "int32"), { weight });
          mean.add(perItem, share);
        }),
      async compute() {
        const value = await mean.compute();
        return value === null ? null : Math.exp(value);
      },
    };
  },
};
