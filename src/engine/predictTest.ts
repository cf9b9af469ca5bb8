// The live model on pictures without labels, prepared as its validation pictures were.
import { ok } from "../base/result";
import type { TestSet } from "../data/testSet";
import { withSize } from "../data/withSize";
import type { EngineApi } from "../rpc/protocol";
import type { Recipe } from "../spec/recipe";
import type { SourceInput } from "../spec/source";
import type { Learner } from "../train/learner";
import type { ValuePredictions } from "../train/predictAll";
import type { DataDesk } from "./dataDesk";
import { zipMasks } from "./maskExport";

interface Parts {
  readonly learner: Learner;
  readonly recipe: Recipe;
  readonly data: DataDesk;
}

/** Points as (y, x) in pixels of their files. */
export async function inPixels(
  set: Pick<TestSet, "frame">,
  { items, values }: Pick<ValuePredictions, "items" | "values">,
): Promise<Float32Array> {
  const width = values.length / Math.max(1, items.length);
  const pixels = new Float32Array(values.length);
  for (const [row, item] of items.entries()) {
    const { top, left, height, width: across } = await set.frame(item);
    for (let at = row * width; at < (row + 1) * width; at += 1) {
      const share = ((values[at] as number) + 1) / 2;
      pixels[at] = at % 2 === 0 ? top + share * height : left + share * across;
    }
  }
  return pixels;
}

/** Probabilities, numbers, or points in pixels of every picture or series that can be read. */
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
  const paths = Array.from(predictions.items, set.value.path);
  const common = { task, vocab, paths, skipped: set.value.skipped, recipe };
  if (predictions.kind === "masks") {
    const masks = await zipMasks(predictions, vocab, set.value);
    return masks.ok ? ok({ ...common, answers: new Float32Array(), masks: masks.value }) : masks;
  }
  const numbers = async (found: ValuePredictions): Promise<Float32Array> =>
    task === "points" ? inPixels(set.value, found) : found.values;
  const answers = predictions.kind === "classes" ? predictions.probabilities : await numbers(predictions);
  return ok({ ...common, answers, masks: null });
}
