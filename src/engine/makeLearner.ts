// From a recipe to a learner: model, starting weights, loss, optimizer, metrics.
import { err, ok, type Result } from "../base/result";
import type { Problem } from "../base/problem";
import type { DataLoaders } from "../data/batch";
import { lossFor } from "../nn/losses/lossFor";
import { classWeightsOf } from "../nn/losses/losses";
import { buildModel } from "../nn/models/buildModel";
import { OPTIMIZERS } from "../optim/optimizers";
import { problem } from "../spec/problems";
import type { Recipe } from "../spec/recipe";
import { activeGpu } from "../tensor/backend";
import { Learner } from "../train/learner";
import { METRICS } from "../train/metrics/metrics";
import { fieldsOf } from "./checkChoices";
import { loadWeights } from "./loadWeights";
import type { GivenWeights } from "./weightsDesk";

export interface LearnerParts {
  readonly data: DataLoaders;
  readonly weights: GivenWeights | null;
  readonly clock: () => number;
}

/** The classes are known only with the data, so that their weights are counted here. */
function classWeightsMisfit({ train }: Recipe, classes: number): Problem | null {
  const weights = classWeightsOf(String(train.loss?.["classWeights"] ?? "")) ?? [];
  if (weights.length === 0 || weights.length === classes) return null;
  const detail = `train.loss.classWeights has ${weights.length} numbers for ${classes} classes. Nothing was changed.`;
  return problem("RECIPE_FIELDS", { detail, items: ["train.loss.classWeights"] });
}

/** A fresh learner for a recipe that `checkChoices` has passed. */
export function makeLearner(recipe: Recipe, { data, weights, clock }: LearnerParts): Result<Learner, Problem> {
  const misfit = classWeightsMisfit(recipe, data.vocab.length);
  if (misfit) return err(misfit);
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
    loss: lossFor(recipe.task, recipe.train.loss),
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
