// Models and weights: describing a model, taking weights in, giving them out, explaining what the model predicts.
import { err, ok, type Result } from "../base/result";
import type { Problem } from "../base/problem";
import { weightsFile } from "../export/weightsFile";
import { readFiniteTensors, readSafetensors } from "../formats/safetensors/readSafetensors";
import { adaptWeights } from "../nn/models/adaptWeights";
import { buildModel } from "../nn/models/buildModel";
import { describeModel } from "../nn/models/describeModel";
import { stateDict, stateShapes, type HostTensor } from "../nn/stateDict";
import { problem } from "../spec/problems";
import type { Recipe } from "../spec/recipe";
import type { Interpretation, ModelSummary, WeightsReport } from "../spec/run";
import type { DataDesk } from "./dataDesk";
import { interpretationOf } from "./interpretation";
import type { GivenWeights } from "./makeLearner";
import type { Session } from "./session";

export interface ModelDesk {
  readonly weights: () => GivenWeights | null;
  describe(recipe: Recipe): Result<ModelSummary, Problem>;
  importWeights(recipe: Recipe, file: File): Promise<Result<WeightsReport, Problem>>;
  exportWeights(): Promise<Result<Blob, Problem>>;
  interpret(): Promise<Result<Interpretation, Problem>>;
}

/** How a state fits a model, without writing anything: names and shapes only. */
function compare(name: string, wanted: Map<string, number[]>, found: ReadonlyMap<string, HostTensor>): WeightsReport {
  const missing: string[] = [];
  const misshapen: { name: string; expected: number[]; found: number[] }[] = [];
  let matched = 0;
  for (const [key, expected] of wanted) {
    const tensor = found.get(key);
    if (!tensor) {
      if (!key.endsWith("num_batches_tracked")) missing.push(key);
    } else if (tensor.shape.join() === expected.join()) matched += 1;
    else misshapen.push({ name: key, expected, found: [...tensor.shape] });
  }
  return { name, matched, missing, extra: [...found.keys()].filter((key) => !wanted.has(key)), misshapen };
}

/** Whether everything of the body (`0.`) is there, so that only the head stays fresh, on purpose. */
function bodyFits({ matched, missing, misshapen }: WeightsReport): boolean {
  const gaps = [...missing, ...misshapen.map(({ name }) => name)];
  return matched > 0 && gaps.every((name) => name.startsWith("1."));
}

/** The desk over a session and the data that are open. */
export function createModelDesk(session: Session, data: DataDesk): ModelDesk {
  let given: GivenWeights | null = null;

  const shape = (recipe: Recipe) => {
    const outputs = data.block()?.report.outputs ?? 0;
    const classes = recipe.task === "points" || recipe.task === "regression" ? outputs : Math.max(2, outputs);
    const input = data.inputShape(recipe);
    return {
      input,
      model: buildModel(recipe.model, { classes, channels: input[2], task: recipe.task, init: "shapes" }),
    };
  };

  return {
    weights: () => given,
    describe(recipe) {
      const { input, model } = shape(recipe);
      if (!model.ok) return model;
      try {
        return ok(describeModel(model.value, input, recipe.data.batchSize));
      } finally {
        model.value.dispose();
      }
    },
    async importWeights(recipe, file) {
      const opened = await readSafetensors(file);
      if (!opened.ok) return err({ ...opened.error, items: [file.name, ...opened.error.items] });
      const tensors = await readFiniteTensors(opened.value);
      if (!tensors.ok) return tensors;
      const usable = new Map<string, HostTensor>();
      for (const [name, { shape: dims, data: values }] of tensors.value)
        if (values instanceof Float32Array || values instanceof BigInt64Array)
          usable.set(name, { shape: dims, data: values });
      const { input, model } = shape(recipe);
      if (!model.ok) return model;
      const wanted = stateShapes(model.value);
      model.value.dispose();
      const report = compare(file.name, wanted, adaptWeights(usable, input[2]));
      if (!bodyFits(report)) {
        const items = [...report.misshapen.map(({ name }) => name), ...report.missing];
        const detail = `${report.matched} of ${wanted.size} tensors fit ${recipe.model.arch}; nothing was changed.`;
        return err(problem("WEIGHTS_FIT", { detail, items }));
      }
      given = { name: file.name, state: usable };
      return ok(report);
    },
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
    async interpret() {
      const answer = await session.withLearner(async ({ learner, recipe, runId }) => {
        if (!learner.data.valid) return null;
        const predictions = await learner.predict();
        return interpretationOf(predictions, { runId, recipe, vocab: learner.data.vocab, block: data.trained() });
      });
      if (!answer.ok) return answer;
      return answer.value === null ? err(problem("SPLIT_NO_VALID")) : ok(answer.value);
    },
  };
}
