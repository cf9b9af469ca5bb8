// The live model on pictures without labels, prepared as its validation pictures were.
import { err, ok } from "../base/result";
import { withSize } from "../data/withSize";
import type { EngineApi } from "../rpc/protocol";
import { problem } from "../spec/problems";
import type { Recipe } from "../spec/recipe";
import type { SourceInput } from "../spec/source";
import type { Learner } from "../train/learner";
import type { DataDesk } from "./dataDesk";

interface Parts {
  readonly learner: Learner;
  readonly recipe: Recipe;
  readonly data: DataDesk;
}

/** Probabilities or numbers of every picture that can be read. */
export async function predictTest(
  { learner, recipe, data }: Parts,
  inputs: readonly SourceInput[],
): ReturnType<EngineApi["predictTest"]> {
  const { vocab, inputShape, task } = learner.data;
  // The run may have gone on to another size.
  const own = data.inputShape(recipe).join() === inputShape.join() ? recipe : withSize(recipe, inputShape[0]);
  const set = await data.testSet(own, vocab, inputs);
  if (!set.ok) return set;
  const predictions = await learner.predict(set.value.loader);
  if (predictions.kind === "masks") return err(problem("TEST_TASK"));
  const paths = Array.from(predictions.items, set.value.path);
  const answers = predictions.kind === "classes" ? predictions.probabilities : predictions.values;
  return ok({ task, vocab, paths, answers, skipped: set.value.skipped, recipe });
}
