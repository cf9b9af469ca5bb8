// A weighted mean over an epoch that stays on the GPU: Σ w·x and Σ w, read once at the end.
import { add, mul, stack, sum, zeros } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { MetricInfo } from "../../spec/catalog";
import { readback } from "../../tensor/readback";
import { keep, scope } from "../../tensor/scope";
import type { Metric } from "./metric";

export interface WeightedMean {
  reset(): void;
  /** One value an item, [B], and its weight, [B]. */
  add(perItem: Tensor, weight: Tensor): void;
  compute(): Promise<number | null>;
  dispose(): void;
}

export function createWeightedMean(): WeightedMean {
  let total: Tensor | null = null;
  const reset = (): void => {
    total?.dispose();
    total = null;
  };
  return {
    reset,
    dispose: reset,
    add(perItem, weight) {
      const next = scope("weightedMean", () => {
        const batch = stack([sum(mul(perItem, weight)), sum(weight)]);
        return keep(add(total ?? zeros([2]), batch));
      });
      total?.dispose();
      total = next;
    },
    async compute() {
      if (!total) return null;
      const [weighted = 0, weight = 0] = await readback(total);
      return weight > 0 ? weighted / weight : null;
    },
  };
}

/** A metric that is the mean of one number an item. */
export function meanMetric(info: MetricInfo, perItem: (outputs: Tensor, y: Tensor) => Tensor): Metric {
  const mean = createWeightedMean();
  return {
    info,
    reset: mean.reset,
    update: (outputs, y, weight) => void scope(info.id, () => mean.add(perItem(outputs, y), weight)),
    compute: mean.compute,
    dispose: mean.dispose,
  };
}
