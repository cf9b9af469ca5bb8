// What a metric is: it says what it measures, and gathers batches on the GPU until it is asked.
import type { Tensor } from "@tensorflow/tfjs-core";
import type { MetricInfo } from "../../spec/catalog";

export interface Metric {
  readonly info: MetricInfo;
  reset(): void;
  /** Outputs before the activation [B, …]; targets as in the batch; weight [B], 0 for padding. */
  update(outputs: Tensor, y: Tensor, weight: Tensor): void;
  /** Over everything since `reset`, read once; null when there was nothing. */
  compute(): Promise<number | null>;
  dispose(): void;
}

/** What some metrics need to know of the data. */
export interface MetricContext {
  /** Height, width, channels of the pictures at hand. */
  inputShape(): readonly [number, number, number];
  /** Names of the classes in the order of their numbers. */
  vocab(): readonly string[];
}
