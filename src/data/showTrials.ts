// The pictures of a trial, for the page.
import type { Problem } from "../base/problem";
import { ok, type Result } from "../base/result";
import type { TrialPicture, TrialRequest } from "../spec/trial";
import type { Pixels } from "./decode/pixels";
import { augmented, bitmapOf, pixelsOfItem, type PreviewContext } from "./preview";
import { trials } from "./trial";

/** Every way of seeing the item that the request asks for; none where its file cannot be read. */
export async function showTrials(
  { recipe, dataset }: PreviewContext,
  request: TrialRequest,
): Promise<Result<readonly TrialPicture[], Problem>> {
  const found = trials(request, recipe.seed, dataset.shape);
  if (!found.ok) return found;
  const pixels = await pixelsOfItem(dataset, request.item);
  if (pixels === null) return ok([]);
  const draws = found.value.map(({ draw }) => draw);
  const shown = await augmented(draws.map(() => pixels), draws, dataset.shape); // prettier-ignore
  const pictures = found.value.map(async ({ group, caption }, i) => ({
    group,
    caption,
    image: await bitmapOf(shown[i] as Pixels),
  }));
  return ok(await Promise.all(pictures));
}
