// One step: forward, loss, gradients, optimizer. Reads nothing back and uploads nothing but hyper-parameters.
import { mul } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { mixSeed } from "../base/rng";
import type { Batch } from "../data/batch";
import { seedDropout } from "../nn/layers/dropout";
import type { Optimizer } from "../optim/optimizer";
import { compileAhead } from "../tensor/compileAhead";
import { valueAndGradients } from "../tensor/gradients";
import { keep, scope } from "../tensor/scope";
import { createHalfTape } from "../tensor/halfTape";
import type { StepHookName, Training } from "./callback";
import type { TrainingState } from "./trainingState";
import { CancelStep } from "./cancel";
import { createPartSum, cutBatch, usualWeight, withPart } from "./parts";
import type { Part, PartSum } from "./parts";
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
  { model, loss, scaling, atOnce }: Pick<Training, "model" | "loss" | "scaling" | "atOnce">,
  optimizer: Optimizer,
  batch: Batch,
): Promise<void> {
  const counters = readCounters(model);
  const parameters = optimizer.parameters.map(({ parameter }) => parameter.tensor);
  await compileAhead(() => {
    const forwardAndBack = (part: Part): void => {
      const half = scaling ? createHalfTape(parameters) : undefined;
      const forward = () => model.forward(part.x);
      const outputs = () => (half ? half.record(part.x, forward) : forward());
      valueAndGradients(() => loss.compute(outputs(), part).mean, parameters, scaling?.scale, half);
    };
    const [first = [0, 0]] = cutBatch(batch.items.length, atOnce);
    withPart(batch, first, forwardAndBack);
  });
  writeCounters(model, counters);
}

interface Computed {
  /** The loss before callbacks add to it. */
  readonly mean: Tensor;
  readonly gradients: (Tensor | null)[];
}

/** Forward and backward; with `sum`, the part's loss counts with its weight, and `sum` gets the result. */
function compute(
  { learn, optimizer, tell, seed, one }: StepContext,
  part: Part,
  index: number,
  sum?: PartSum,
): Computed {
  // prettier-ignore
  const draw = index === 0 ? [learn.step] : [learn.step, index];
  seedDropout(learn.model, mixSeed(seed, "dropout", ...draw));
  let shown: Tensor | null = null;
  let weight: Tensor | null = null;
  const parameters = optimizer.parameters.map(({ parameter }) => parameter.tensor);
  const { scaling } = learn;
  const half = scaling ? createHalfTape(parameters) : undefined;
  const model = (): Tensor => learn.model.forward(part.x);
  const forward = (): Tensor => {
    // The loss comes after the tape's record: it stays float32.
    learn.outputs = half ? half.record(part.x, model) : model();
    tell("afterPredict");
    const { mean, share } = learn.criterion.compute(learn.outputs, part);
    learn.lossValue = mean;
    tell("afterLoss");
    weight = sum?.weigh(share) ?? null;
    // As in fastai, penalties and scales drive the gradient and are not shown.
    if (weight || learn.lossValue !== mean) shown = keep(mean);
    return weight ? mul(learn.lossValue, weight) : learn.lossValue;
  };
  const { value, grads } = valueAndGradients(forward, parameters, scaling?.scale ?? one, half);
  learn.halfBytes = half?.bytes ?? null;
  learn.outputs = null;
  learn.lossValue = null;
  if (shown) value.dispose();
  const found = { mean: shown ?? value, gradients: grads };
  if (sum && weight) sum.add({ ...found, weight });
  return found;
}

/** Part by part, where the whole batch does not fit. */
function computeAll(context: StepContext, batch: Batch): Computed {
  const cuts = cutBatch(batch.items.length, context.learn.atOnce);
  if (cuts.length === 1) return compute(context, batch, 0);
  const sum = createPartSum(usualWeight(batch));
  for (const [index, cut] of cuts.entries())
    scope("part", () => void withPart(batch, cut, (part) => compute(context, part, index, sum)));
  return sum.take();
}

/** The loss of the step before callbacks add to it, a scalar the caller disposes; everything else is freed. */
export function gradientStep(context: StepContext, batch: Batch): Tensor {
  const { learn, optimizer, tell } = context;
  const { mean, gradients } = computeAll(context, batch);
  learn.lossValue = mean;
  learn.gradients = [...gradients];
  try {
    tell("afterBackward");
    optimizer.step(learn.gradients, learn.hyper, learn.scaling ?? undefined);
    tell("afterStep");
  } catch (error) {
    if (!(error instanceof CancelStep)) throw error;
  }
  for (const gradient of learn.gradients) gradient?.dispose();
  learn.gradients = [];
  return mean;
}
