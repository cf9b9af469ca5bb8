// A pass over data without learning: mean loss and metrics.
import type { Tensor } from "@tensorflow/tfjs-core";
import type { Batch, DataLoader, Tiling } from "../data/batch";
import type { Loss } from "../nn/losses/loss";
import type { Module } from "../nn/module";
import { scope } from "../tensor/scope";
import type { Validation } from "./callback";
import type { Metric } from "./metrics/metric";
import { forwardInTiles } from "./tiles";
import { createWeightedMean } from "./metrics/weightedMean";
import { createPace } from "./pace";
import { cutBatch, withPart } from "./parts";

export interface EvaluateOptions {
  readonly model: Module;
  readonly loss: Loss;
  readonly loader: DataLoader;
  /** Items that are computed at once; all of a batch without it. */
  readonly atOnce?: number;
  /** Pictures go through the model in tiles. */
  readonly tiles?: Tiling | null;
  readonly signal?: AbortSignal;
}

export interface ValidateOptions extends EvaluateOptions {
  readonly metrics: readonly Metric[];
  readonly onBatch?: (batch: Batch, index: number) => void | Promise<void>;
}

/** The model's outputs for pictures as they are validated. */
export const outputsOf = ({ model, tiles }: Pick<EvaluateOptions, "model" | "tiles">, x: Tensor): Tensor =>
  tiles ? forwardInTiles(model, x, tiles) : model.forward(x);

/** Frees a batch. */
export const free = (batch: Batch): void => [batch.x, batch.y, batch.weight].forEach((tensor) => tensor.dispose());
const optional = (signal: AbortSignal | undefined) => (signal ? { signal } : {});

/** Mean loss and metrics over all real items, in eval mode; everything gathers on the GPU and is read once. */
export async function evaluate(options: ValidateOptions): Promise<Validation> {
  const { model, loss, loader, metrics, onBatch, signal, atOnce = Infinity } = options;
  const pace = createPace();
  const mean = createWeightedMean();
  for (const metric of metrics) metric.reset();
  model.eval().reset();
  try {
    let index = 0;
    for await (const batch of loader.epoch(0, optional(signal))) {
      try {
        await onBatch?.(batch, index);
        for (const cut of cutBatch(batch.items.length, atOnce))
          scope("validate", () =>
            withPart(batch, cut, (part) => {
              const outputs = outputsOf(options, part.x);
              const { perItem, share } = loss.compute(outputs, part);
              mean.add(perItem, share);
              for (const metric of metrics) metric.update(outputs, part.y, part.weight);
            }),
          );
        await pace.turn();
      } finally {
        free(batch);
      }
      index += 1;
    }
    return { loss: await mean.compute(), metrics: await Promise.all(metrics.map((metric) => metric.compute())) };
  } finally {
    mean.dispose();
    for (const metric of metrics) metric.reset();
  }
}
