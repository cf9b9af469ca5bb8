// Passes over data without learning: validation, and predictions with what is needed to explain them.
import type { Batch, DataLoader } from "../data/batch";
import type { Loss } from "../nn/losses/loss";
import type { Module } from "../nn/module";
import { readback } from "../tensor/readback";
import { keep, scope } from "../tensor/scope";
import type { Validation } from "./callback";
import type { Metric } from "./metrics/metric";
import { createWeightedMean } from "./metrics/weightedMean";
import { createPace } from "./pace";

export interface Predictions {
  /** Indices into the block's items, in the loader's order, without padding. */
  readonly items: Int32Array;
  /** Class index [n], or 0/1 [n × classes]. */
  readonly targets: Int32Array;
  /** After the activation, [n × classes]. */
  readonly probabilities: Float32Array;
  /** [n]. */
  readonly losses: Float32Array;
  readonly classes: number;
}

export interface EvaluateOptions {
  readonly model: Module;
  readonly loss: Loss;
  readonly loader: DataLoader;
  readonly signal?: AbortSignal;
}

export interface ValidateOptions extends EvaluateOptions {
  readonly metrics: readonly Metric[];
  readonly onBatch?: (batch: Batch, index: number) => void | Promise<void>;
}

const free = (batch: Batch): void => [batch.x, batch.y, batch.weight].forEach((tensor) => tensor.dispose());
const optional = (signal: AbortSignal | undefined) => (signal ? { signal } : {});

/** Mean loss and metrics over all real items, in eval mode; everything gathers on the GPU and is read once. */
export async function evaluate(options: ValidateOptions): Promise<Validation> {
  const { model, loss, loader, metrics, onBatch, signal } = options;
  const pace = createPace();
  const mean = createWeightedMean();
  for (const metric of metrics) metric.reset();
  model.eval();
  try {
    let index = 0;
    for await (const batch of loader.epoch(0, optional(signal))) {
      try {
        await onBatch?.(batch, index);
        scope("validate", () => {
          const outputs = model.forward(batch.x);
          const { perItem, share } = loss.compute(outputs, batch);
          mean.add(perItem, share);
          for (const metric of metrics) metric.update(outputs, batch.y, batch.weight);
        });
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

interface Part {
  readonly batch: Pick<Batch, "items" | "count">;
  readonly probabilities: Float32Array;
  readonly losses: Float32Array;
  readonly targets: ArrayLike<number>;
}

function gather(parts: readonly Part[], perTarget: number, classes: number): Predictions {
  const rows = parts.flatMap((part) => [...part.batch.items.keys()].filter((row) => (part.batch.items[row] as number) >= 0).map((row) => ({ part, row }))); // prettier-ignore
  const n = rows.length;
  const result = {
    items: new Int32Array(n),
    targets: new Int32Array(n * perTarget),
    probabilities: new Float32Array(n * classes),
    losses: new Float32Array(n),
    classes,
  };
  rows.forEach(({ part, row }, i) => {
    result.items[i] = part.batch.items[row] as number;
    result.losses[i] = part.losses[row] as number;
    result.probabilities.set(part.probabilities.subarray(row * classes, (row + 1) * classes), i * classes);
    for (let k = 0; k < perTarget; k += 1) {
      result.targets[i * perTarget + k] = part.targets[row * perTarget + k] as number;
    }
  });
  return result;
}

/** Probabilities, targets and losses of every real item, in eval mode. */
export async function predictAll({ model, loss, loader, signal }: EvaluateOptions): Promise<Predictions> {
  const pace = createPace();
  const parts: Promise<Part>[] = [];
  let [perTarget, classes] = [1, 0];
  model.eval();
  for await (const batch of loader.epoch(0, optional(signal))) {
    const [probabilities, losses] = scope("predict", () => {
      const outputs = model.forward(batch.x);
      classes = outputs.shape[1] as number;
      return [keep(loss.activation(outputs)), keep(loss.compute(outputs, batch).perItem)] as const;
    }) as [ReturnType<Loss["activation"]>, ReturnType<Loss["activation"]>];
    perTarget = batch.y.rank === 1 ? 1 : (batch.y.shape[1] as number);
    const { items, count } = batch;
    parts.push(
      Promise.all([readback(probabilities), readback(losses), readback(batch.y)])
        .then(([p, l, y]) => ({
          batch: { items, count },
          probabilities: p as Float32Array,
          losses: l as Float32Array,
          targets: y,
        })) // prettier-ignore
        .finally(() => [probabilities, losses].forEach((tensor) => tensor.dispose())),
    );
    await Promise.all([parts.at(-3), pace.turn()]);
    free(batch);
  }
  return gather(await Promise.all(parts), perTarget, classes);
}
