// Metrics over numbers that gather in one tensor on the GPU, which is read once at the end.
import { cast, engine, zeros } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { addConfusion } from "../../kernels/confusion";
import { addMoments, momentNames } from "../../kernels/momentsOfErrors";
import type { Moments } from "../../kernels/momentsOfErrors";
import type { MetricInfo } from "../../spec/catalog";
import { readback } from "../../tensor/readback";
import { scope } from "../../tensor/scope";
import type { Metric } from "./metric";

interface Gathering {
  /** Makes the tensor, from the first batch. */
  start(outputs: Tensor): Tensor;
  add(state: Tensor, outputs: Tensor, y: Tensor, weight: Tensor): void;
  value(numbers: Float32Array): number;
}

function gathered(info: MetricInfo, { start, add, value }: Gathering): Metric {
  let state: Tensor | null = null;
  const reset = (): void => {
    state?.dispose();
    state = null;
  };
  return {
    info,
    reset,
    dispose: reset,
    update(outputs, y, weight) {
      const into = (state ??= scope(info.id, () => engine().keep(start(outputs))));
      scope(info.id, () => add(into, outputs, y, weight));
    },
    async compute() {
      if (!state) return null;
      const result = value(Float32Array.from(await readback(state)));
      return Number.isNaN(result) ? null : result;
    },
  };
}

/** Rows are the truth, columns the answers. */
export type Confusion = readonly (readonly number[])[];

/** A metric of the confusion matrix over all items or pixels. */
export function confusionMetric(info: MetricInfo, value: (matrix: Confusion) => number): Metric {
  return gathered(info, {
    start(outputs) {
      const classes = outputs.shape.at(-1) ?? 0;
      return zeros([classes, classes], "int32");
    },
    add: (counts, outputs, y, weight) => addConfusion(counts, outputs, cast(y, "int32"), weight),
    value(numbers) {
      const classes = Math.sqrt(numbers.length);
      return value(Array.from({ length: classes }, (_, row) => [...numbers.subarray(row * classes, (row + 1) * classes)])); // prettier-ignore
    },
  });
}

/** A metric of the moments of predicted and true numbers. */
export function momentsMetric(info: MetricInfo, value: (moments: Moments) => number): Metric {
  return gathered(info, {
    start: () => zeros([momentNames.length]),
    add: addMoments,
    value: (numbers) => value(Object.fromEntries(momentNames.map((name, i) => [name, numbers[i] ?? 0])) as Moments),
  });
}
