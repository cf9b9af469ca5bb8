// One step: forward, loss, gradients, optimizer. Reads nothing back and uploads nothing but hyper-parameters.
import type { Tensor } from "@tensorflow/tfjs-core";
import { mixSeed } from "../base/rng";
import type { Batch } from "../data/batch";
import { seedDropout } from "../nn/layers/dropout";
import type { Loss } from "../nn/losses/loss";
import type { Module } from "../nn/module";
import type { Optimizer } from "../optim/optimizer";
import { compileAhead } from "../tensor/compileAhead";
import { valueAndGradients } from "../tensor/gradients";
import { keep } from "../tensor/scope";
import type { StepHookName, Training } from "./callback";
import { CancelStep } from "./cancel";
import { readCounters, writeCounters } from "./checkpoint";

export interface StepContext {
  readonly learn: Training;
  readonly optimizer: Optimizer;
  readonly tell: (hook: StepHookName) => void;
  readonly seed: number;
  /** A kept scalar 1: the gradient of the loss by itself. */
  readonly one: Tensor;
}

/** Compiles side by side what the step's forward and backward pass will need; changes nothing. */
export async function compileStep(model: Module, loss: Loss, optimizer: Optimizer, batch: Batch): Promise<void> {
  const counters = readCounters(model);
  const parameters = optimizer.parameters.map(({ parameter }) => parameter.tensor);
  await compileAhead(() => {
    valueAndGradients(() => loss.compute(model.forward(batch.x), batch).mean, parameters);
  });
  writeCounters(model, counters);
}

/** The loss of the step before callbacks add to it, a scalar the caller disposes; everything else is freed. */
export function gradientStep({ learn, optimizer, tell, seed, one }: StepContext, batch: Batch): Tensor {
  seedDropout(learn.model, mixSeed(seed, "dropout", learn.step));
  let shown: Tensor | null = null;
  const forward = (): Tensor => {
    learn.outputs = learn.model.forward(batch.x);
    tell("afterPredict");
    const loss = learn.criterion.compute(learn.outputs, batch).mean;
    learn.lossValue = loss;
    tell("afterLoss");
    // As in fastai, penalties and scales drive the gradient and are not shown.
    if (learn.lossValue !== loss) shown = keep(loss);
    return learn.lossValue;
  };
  const parameters = optimizer.parameters.map(({ parameter }) => parameter.tensor);
  const { value, grads } = valueAndGradients(forward, parameters, one);
  learn.outputs = null;
  learn.lossValue = value;
  learn.gradients = [...grads];
  try {
    tell("afterBackward");
    optimizer.step(learn.gradients, learn.hyper);
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
