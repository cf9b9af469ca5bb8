// The live model on pictures without labels, prepared as its validation pictures were.
import { ok } from "../base/result";
import type { TestSet } from "../data/testSet";
import { frameNumbers } from "../data/transforms/frame";
import { withSize } from "../data/withSize";
import type { EngineApi } from "../rpc/protocol";
import { inFile } from "../spec/fileFrame";
import type { PreviewItem, PreviewTarget } from "../spec/dataReport";
import type { Recipe } from "../spec/recipe";
import type { SourceInput } from "../spec/source";
import type { Learner } from "../train/learner";
import type { Predictions, ValuePredictions } from "../train/predictAll";
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
    const own = values.subarray(row * width, (row + 1) * width);
    pixels.set(inFile(own, frameNumbers(await set.frame(item))), row * width);
  }
  return pixels;
}

/** So many pictures are shown with their answers. */
const SHOWN = 24;

/** What the model says, where that lies on the picture. */
function answerOn(predictions: Predictions, at: number, points: boolean): PreviewTarget | null {
  if (predictions.kind === "masks") return { kind: "mask", size: predictions.size, ids: predictions.predicted[at] ?? new Uint8Array() }; // prettier-ignore
  if (predictions.kind === "classes" || !points) return null;
  const width = predictions.values.length / predictions.items.length;
  return { kind: "points", points: predictions.values.slice(at * width, (at + 1) * width) };
}

/** The first pictures as the model sees them, up to one that can no longer be read. */
async function shown(set: TestSet, predictions: Predictions, points: boolean): Promise<PreviewItem[]> {
  const items = Array.from(predictions.items.subarray(0, SHOWN));
  const images = await set.seen(items);
  const pictures: PreviewItem[] = [];
  for (const [at, item] of items.entries()) {
    const [image, target] = [images[at] ?? null, answerOn(predictions, at, points)];
    if (image === null) break;
    pictures.push({ item, path: set.path(item), labels: [], image, ...(target && { target }) });
  }
  return pictures;
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
  const pictures = await shown(set.value, predictions, task === "points");
  const common = { task, vocab, paths, skipped: set.value.skipped, pictures, recipe };
  if (predictions.kind === "masks") {
    const masks = await zipMasks(predictions, vocab, set.value);
    return masks.ok ? ok({ ...common, answers: new Float32Array(), masks: masks.value }) : masks;
  }
  const numbers = async (found: ValuePredictions): Promise<Float32Array> =>
    task === "points" ? inPixels(set.value, found) : found.values;
  const answers = predictions.kind === "classes" ? predictions.probabilities : await numbers(predictions);
  return ok({ ...common, answers, masks: null });
}
