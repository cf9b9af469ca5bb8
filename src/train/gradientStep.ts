// One step: forward, loss, gradients, optimizer. Reads nothing back and uploads nothing but hyper-parameters.
import type { Tensor } from "@tensorflow/tfjs-core";
import { mixSeed } from "../base/rng";
import type { Batch } from "../data/batch";
import { seedDropout } from "../nn/layers/dropout";
import type { Optimizer } from "../optim/optimizer";
import { compileAhead } from "../tensor/compileAhead";
import { valueAndGradients } from "../tensor/gradients";
import { keep } from "../tensor/scope";
import { createHalfTape } from "../tensor/halfTape";
import type { StepHookName, Training } from "./callback";
import type { TrainingState } from "./trainingState";
import { CancelStep } from "./cancel";
import { readCounters, writeCounters } from "./checkpoint";

export interface StepContext {
  readonly learn: TrainingState;
  readonly optimizer: Optimizer;
  readonly tell: (hook: StepHookName) => void;
  readonly seed: number;
  /** A kept scalar 1: the gradient of the loss by itself. */
  readonly one: Tensor;
}

/** Compiles side by side what the step's forward and backward pass will need; changes nothing. */
export async function compileStep(
  { model, loss, scaling }: Pick<Training, "model" | "loss" | "scaling">,
  optimizer: Optimizer,
  batch: Batch,
): Promise<void> {
  const counters = readCounters(model);
  const parameters = optimizer.parameters.map(({ parameter }) => parameter.tensor);
  await compileAhead(() => {
    const half = scaling ? createHalfTape(parameters) : undefined;
    const forward = () => model.forward(batch.x);
    const outputs = () => (half ? half.record(batch.x, forward) : forward());
    valueAndGradients(() => loss.compute(outputs(), batch).mean, parameters, scaling?.scale, half);
  });
  writeCounters(model, counters);
}

/** The loss of the step before callbacks add to it, a scalar the caller disposes; everything else is freed. */
export function gradientStep({ learn, optimizer, tell, seed, one }: StepContext, batch: Batch): Tensor {
  seedDropout(learn.model, mixSeed(seed, "dropout", learn.step));
  let shown: Tensor | null = null;
  const parameters = optimizer.parameters.map(({ parameter }) => parameter.tensor);
  const { scaling } = learn;
  const half = scaling ? createHalfTape(parameters) : undefined;
  const model = (): Tensor => learn.model.forward(batch.x);
  const forward = (): Tensor => {
    // The loss comes after the tape's record: it stays float32.
    learn.outputs = half ? half.record(batch.x, model) : model();
    tell("afterPredict");
    const loss = learn.criterion.compute(learn.outputs, batch).mean;
    learn.lossValue = loss;
    tell("afterLoss");
    // As in fastai, penalties and scales drive the gradient and are not shown.
    if (learn.lossValue !== loss) shown = keep(loss);
    return learn.lossValue;
  };
  const { value, grads } = valueAndGradients(forward, parameters, scaling?.scale ?? one, half);
  learn.halfBytes = half?.bytes ?? null;
  learn.outputs = null;
  learn.lossValue = value;
  learn.gradients = [...grads];
  try {
    tell("afterBackward");
    optimizer.step(learn.gradients, learn.hyper, scaling ?? undefined);
    tell("afterStep");
  } catch (error) {
    if (!(error instanceof CancelStep)) throw error;
  }
  for (const gradient of learn.gradients) gradient?.dispose();
  learn.gradients = [];
  if (!shown) return value;
  value.dispose();
  return shown;
}
