// From a recipe to a learner: model, starting weights, loss, optimizer, metrics.
import { ok, type Result } from "../base/result";
import type { Problem } from "../base/problem";
import type { DataLoaders } from "../data/batch";
import { lossFor } from "../nn/losses/lossFor";
import { buildModel } from "../nn/models/buildModel";
import { OPTIMIZERS } from "../optim/optimizers";
import type { Recipe } from "../spec/recipe";
import { activeGpu } from "../tensor/backend";
import { Learner } from "../train/learner";
import { METRICS } from "../train/metrics/metrics";
import { fieldsOf } from "./checkChoices";
import { weighClasses } from "./classWeights";
import { loadWeights } from "./loadWeights";
import type { GivenWeights } from "./weightsDesk";

export interface LearnerParts {
  readonly data: DataLoaders;
  readonly weights: GivenWeights | null;
  readonly clock: () => number;
}

/** A fresh learner for a recipe that `checkChoices` has passed. */
export async function makeLearner(recipe: Recipe, parts: LearnerParts): Promise<Result<Learner, Problem>> {
  const { data, weights, clock } = parts;
  const loss = await weighClasses(recipe, data);
  if (!loss.ok) return loss;
  const [height, width, channels] = data.inputShape;
  const model = buildModel(recipe.model, {
    classes: data.outputs,
    channels,
    task: recipe.task,
    size: [height, width],
    init: { seed: recipe.seed },
  });
  if (!model.ok) return model;
  const loaded = loadWeights(model.value, recipe.model, weights);
  if (!loaded.ok) {
    model.value.dispose();
    return loaded;
  }
  const optimizer = OPTIMIZERS.find(({ id }) => id === recipe.train.optimizer.kind);
  if (!optimizer) throw new Error(`checkChoices let the optimizer ${recipe.train.optimizer.kind} pass`);
  // The pictures' size may change between stages.
  const made: { learner?: Learner } = {};
  const context = { inputShape: () => (made.learner?.data ?? data).inputShape, vocab: () => data.vocab };
  made.learner = new Learner({
    data,
    model: model.value,
    loss: lossFor(recipe.task, loss.value),
    optimizer: optimizer.make(fieldsOf(optimizer, recipe.train.optimizer)),
    metrics: recipe.metrics.flatMap((choice) => {
      const entry = METRICS.find(({ id }) => id === choice.kind);
      return entry ? [entry.make(fieldsOf(entry, choice), context)] : [];
    }),
    // On the processor memory is not what is short.
    precision: activeGpu() ? recipe.train.precision : "f32",
    seed: recipe.seed,
    clock,
  });
  return ok(made.learner);
}
