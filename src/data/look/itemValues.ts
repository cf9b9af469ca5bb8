// dataset[i]: one item from its file to the numbers that the model gets, without the chance of augmentation.
import type { ItemFact, ItemValues } from "../../spec/dataLook";
import type { Targets } from "../blocks";
import { collate, toBatch } from "../collate";
import { bitmapOf, recordOf, type PreviewContext } from "../preview";
import type { Stats } from "../normalize";
import { answerOf } from "../walk";
import { pixelsOf, readBatch, rowOf, shownValues, targetOf } from "./readBatch";
import { tensorFacts } from "./tensorFacts";

const SHOWN_TEXT = 600;

/** What lies in an item's file, in words; the decoded picture goes into the cache on the way. */
async function fileWords(
  { plan, dataset, index }: PreviewContext,
  item: number,
): Promise<Pick<ItemValues, "file" | "bytes">> {
  const series = plan.series?.[item];
  if (series !== undefined) return { file: `a row of ${series.length} numbers`, bytes: null };
  if (plan.texts !== null) {
    const text = await plan.texts(item);
    return { file: text.ok ? text.value.slice(0, SHOWN_TEXT) : text.error.title, bytes: null };
  }
  const blob = await index.read(plan.files[item] ?? -1);
  const decoded = await dataset.decode(item);
  const bytes = blob.ok ? blob.value.size : null;
  if (!decoded.ok) return { file: `not read: ${decoded.reason}`, bytes };
  return { file: `${decoded.kind.toUpperCase()}, ${decoded.width} × ${decoded.height} pixels`, bytes };
}

/** Everything about one item. */
export async function itemValues(
  context: PreviewContext,
  fact: ItemFact,
  stats: Stats,
  targets: () => Targets,
): Promise<ItemValues> {
  const { plan, dataset, augment, index } = context;
  const { item } = fact;
  const answer = answerOf(plan, item, (file) => index.paths[file] ?? "none");
  // What crosses to the page is lost here, so a copy does.
  const series = plan.series?.[item]?.slice();
  const told = { ...fact, ...(await fileWords(context, item)), answer, ...(series && { series }) };
  const nothing = { x: null, y: null, values: [], image: null };
  if (plan.texts !== null || (await recordOf(dataset, item)) === null) return { ...told, ...nothing };
  const options = { dataset, targets: targets(), batchSize: 1, augment, view: "valid" } as const;
  const { x, y } = await readBatch(toBatch(await collate(options, [item], 0), options, stats));
  return {
    ...told,
    // Without the batch's own axis, as dataset[i] has it.
    x: tensorFacts(x.values, x.shape.slice(1), x.dtype),
    y: tensorFacts(rowOf(y, 0), y.shape.slice(1), y.dtype),
    values: shownValues(plan, y, 0),
    image: await bitmapOf(pixelsOf(x, 0, stats)),
    ...targetOf(plan, y, 0),
  };
}
