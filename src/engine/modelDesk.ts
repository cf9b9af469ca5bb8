// Models and weights: describing a model, taking weights in, giving them out, explaining what the model predicts.
import { err, ok, type Result } from "../base/result";
import type { Problem } from "../base/problem";
import { weightsFile } from "../export/weightsFile";
import { buildModel } from "../nn/models/buildModel";
import { describeModel } from "../nn/models/describeModel";
import { stateDict, stateShapes } from "../nn/stateDict";
import type { EngineApi } from "../rpc/protocol";
import { problem } from "../spec/problems";
import type { Recipe } from "../spec/recipe";
import type { SourceInput } from "../spec/source";
import type { Interpretation, InterpretOptions, ModelSummary } from "../spec/run";
import type { DataDesk } from "./dataDesk";
import { averagesViews } from "../train/testTime";
import { withSize } from "../data/withSize";
import { stepCost } from "./fitMemory";
import { exportMasks } from "./maskExport";
import { interpretationOf } from "./interpretation";
import { predictTest } from "./predictTest";
import type { Session } from "./session";
import { createWeightsDesk, type GivenWeights, type WeightsDesk } from "./weightsDesk";

export interface ModelDesk {
  readonly weights: () => GivenWeights | null;
  describe(recipe: Recipe): Result<ModelSummary, Problem>;
  readonly importWeights: WeightsDesk["take"];
  exportWeights(): Promise<Result<Blob, Problem>>;
  exportMasks(): Promise<Result<Blob, Problem>>;
  interpret(options?: InterpretOptions): Promise<Result<Interpretation, Problem>>;
  predictTest(inputs: readonly SourceInput[]): ReturnType<EngineApi["predictTest"]>;
}

/** The desk over a session and the data that are open. */
export function createModelDesk(session: Session, data: DataDesk): ModelDesk {
  const shape = (recipe: Recipe) => {
    const outputs = data.block()?.report.outputs ?? 0;
    const classes = recipe.task === "points" || recipe.task === "regression" ? outputs : Math.max(2, outputs);
    const input = data.inputShape(recipe);
    return {
      input,
      model: buildModel(recipe.model, {
        classes,
        channels: input[2],
        task: recipe.task,
        size: [input[0], input[1]],
        init: "shapes",
      }),
    };
  };

  const weights = createWeightsDesk((recipe) => {
    const { model } = shape(recipe);
    if (!model.ok) return model;
    const shapes = stateShapes(model.value);
    model.value.dispose();
    return ok(shapes);
  });

  return {
    weights: weights.given,
    describe(recipe) {
      const { input, model } = shape(recipe);
      if (!model.ok) return model;
      const sizes = recipe.train.stages.flatMap((stage) => (stage.do === "setSize" ? [stage.size] : []));
      const inputs = [input, ...sizes.map((size) => data.inputShape(withSize(recipe, size)))];
      const others = inputs.filter((one, i) => inputs.findIndex((other) => other.join() === one.join()) === i);
      try {
        const steps = others.map((one) => stepCost(recipe, model.value, one));
        return ok({ ...describeModel(model.value, input, recipe.data.batchSize), steps });
      } finally {
        model.value.dispose();
      }
    },
    importWeights: weights.take,
    exportWeights: () =>
      session.withLearner(async ({ learner, recipe }) =>
        weightsFile({
          state: await stateDict(learner.model),
          recipe,
          vocab: learner.data.vocab,
          inputShape: learner.data.inputShape,
          stats: data.stats(recipe),
        }),
      ),
    async exportMasks() {
      const answer = await session.withLearner(({ learner }) => exportMasks(learner, data.trained()));
      return answer.ok ? answer.value : answer;
    },
    async interpret({ tta = false } = {}) {
      const answer = await session.withLearner(async ({ learner, recipe, runId }) => {
        if (!learner.data.valid) return null;
        const views = tta && averagesViews(recipe.task);
        const predictions = await (views ? learner.tta() : learner.predict());
        const facts = { runId, recipe, vocab: learner.data.vocab, block: data.trained() };
        return { ...interpretationOf(predictions, facts), tta: views };
      });
      if (!answer.ok) return answer;
      return answer.value === null ? err(problem("SPLIT_NO_VALID")) : ok(answer.value);
    },
    async predictTest(inputs) {
      const answer = await session.withLearner(({ learner, recipe }) => predictTest({ learner, recipe, data }, inputs));
      return answer.ok ? answer.value : answer;
    },
  };
}
