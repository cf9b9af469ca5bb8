// The pictures of a trial, for the page: masks and points move along.
import type { Problem } from "../base/problem";
import { ok, type Result } from "../base/result";
import type { TrialPicture, TrialRequest } from "../spec/trial";
import type { Pixels } from "./decode/pixels";
import { augmented, bitmapOf, recordOf, type PreviewContext } from "./preview";
import { previewTargets } from "./previewTargets";
import { trials } from "./trial";

/** Every way of seeing the item that the request asks for; none where its file cannot be read. */
export async function showTrials(
  { recipe, plan, dataset }: PreviewContext,
  request: TrialRequest,
): Promise<Result<readonly TrialPicture[], Problem>> {
  const found = trials(request, recipe.seed, dataset.shape);
  if (!found.ok) return found;
  const record = await recordOf(dataset, request.item);
  if (record === null) return ok([]);
  const draws = found.value.map(({ draw }) => draw);
  const records = draws.map(() => record);
  const pixels = records.map((one) => one.subarray(0, dataset.bytes));
  const shown = await augmented(pixels, draws, dataset.shape);
  const targets = await previewTargets(plan, dataset, records, draws);
  const pictures = found.value.map(async ({ group, caption }, i) => {
    const [image, target] = [await bitmapOf(shown[i] as Pixels), targets[i]];
    return { group, caption, image, ...(target === undefined ? {} : { target }) };
  });
  return ok(await Promise.all(pictures));
}
