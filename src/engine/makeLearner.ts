// From a recipe to a learner: model, starting weights, loss, optimizer, metrics.
import { err, ok, type Result } from "../base/result";
import type { Problem } from "../base/problem";
import type { DataLoaders } from "../data/batch";
import { lossFor } from "../nn/losses/lossFor";
import { classWeightsOf } from "../nn/losses/losses";
import { adaptWeights } from "../nn/models/adaptWeights";
import { buildModel } from "../nn/models/buildModel";
import { loadStateDict, type StateDict } from "../nn/stateDict";
import { OPTIMIZERS } from "../optim/optimizers";
import { problem } from "../spec/problems";
import type { Recipe } from "../spec/recipe";
import { Learner } from "../train/learner";
import { METRICS } from "../train/metrics/metrics";
import { fieldsOf } from "./checkChoices";

/** Weights that a person gave, by the file's name. */
export interface GivenWeights {
  readonly name: string;
  readonly state: StateDict;
}

export interface LearnerParts {
  readonly data: DataLoaders;
  readonly weights: GivenWeights | null;
  readonly clock: () => number;
}

const absent = (name: string): Problem =>
  problem("WEIGHTS_FIT", {
    title: "The weights of this recipe are not here.",
    detail: `It begins from ${name}: drop that file on the page, or begin without weights.`,
    items: [name],
    mend: [
      {
        label: "Begin without weights",
        action: { do: "setRecipe", path: "model.weights", value: { kind: "none" } },
      },
    ],
  });

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
  const channels = data.inputShape[2];
  const wanted = recipe.model.weights;
  if (wanted.kind === "file" && weights?.name !== wanted.name) return err(absent(wanted.name));
  const model = buildModel(recipe.model, {
    classes: data.outputs,
    channels,
    task: recipe.task,
    init: { seed: recipe.seed },
  });
  if (!model.ok) return model;
  if (wanted.kind === "file" && weights) loadStateDict(model.value, adaptWeights(weights.state, channels));
  const optimizer = OPTIMIZERS.find(({ id }) => id === recipe.train.optimizer.kind);
  if (!optimizer) throw new Error(`checkChoices let the optimizer ${recipe.train.optimizer.kind} pass`);
  return ok(
    new Learner({
      data,
      model: model.value,
      loss: lossFor(recipe.task, recipe.train.loss),
      optimizer: optimizer.make(fieldsOf(optimizer, recipe.train.optimizer)),
      metrics: recipe.metrics.flatMap((choice) => {
        const entry = METRICS.find(({ id }) => id === choice.kind);
        return entry ? [entry.make(fieldsOf(entry, choice))] : [];
      }),
      seed: recipe.seed,
      clock,
    }),
  );
}
