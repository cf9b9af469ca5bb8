// Pictures for the page: a drawn batch, and thumbnails.
import { createRng, shuffled } from "../base/rng";
import type { PreviewItem, PreviewRequest } from "../spec/dataReport";
import type { Recipe } from "../spec/recipe";
import { readback } from "../tensor/readback";
import type { AugmentChain } from "./augment";
import type { Draw } from "./augment/draw";
import type { BlockPlan } from "./blockPlan";
import { augmentBytes } from "./collate";
import type { Dataset } from "./dataset";
import type { Decoder } from "./decode/decoder";
import { inOrder } from "./decode/inOrder";
import { toRgba, type Pixels } from "./decode/pixels";
import { previewTargets } from "./previewTargets";
import type { FileIndex } from "./sources/fileIndex";
import { TRAIN, VALID } from "./splitters/splitter";

export interface PreviewContext {
  readonly recipe: Recipe;
  readonly plan: BlockPlan;
  readonly dataset: Dataset;
  readonly augment: AugmentChain;
  readonly index: FileIndex;
  readonly decoder: Decoder;
}

/** A bitmap of pixels. */
export const bitmapOf = (pixels: Pixels): Promise<ImageBitmap> =>
  createImageBitmap(new ImageData(toRgba(pixels), pixels.width, pixels.height));

/** Pixels as the model sees them, without normalisation: the same kernel as in training. */
export async function augmented(
  some: readonly Uint8Array[],
  draws: readonly Draw[],
  size: Dataset["shape"],
): Promise<Pixels[]> {
  const each = size[0] * size[1] * size[2];
  const bytes = new Uint8Array(some.length * each);
  for (const [i, one] of some.entries()) bytes.set(one, i * each);
  const none = Array.from({ length: size[2] }, () => 0);
  const x = augmentBytes(bytes, draws, size, { mean: none, std: none.map(() => 1) });
  const [, height, width, channels] = x.shape;
  const values = await readback(x);
  x.dispose();
  const one = height * width * channels;
  return some.map((_, i) => ({
    width,
    height,
    channels,
    data: Uint8Array.from(values.subarray(i * one, (i + 1) * one), (value) => Math.round(value * 255)),
  }));
}

/** The pixels of an item with its target behind them, or null where its file cannot be read. */
export async function recordOf(dataset: Dataset, item: number): Promise<Uint8Array<ArrayBuffer> | null> {
  const record = new Uint8Array(dataset.bytes + dataset.targetBytes);
  if (dataset.cache.read(item, record, 0)) return record;
  const decoded = await dataset.decode(item);
  if (!decoded.ok) return null;
  return dataset.look(item, decoded);
}

/** Which items a request shows: some of its split, drawn by `shuffle`; or one item again and again. */
function choose({ recipe, plan }: PreviewContext, { split, count, shuffle, item }: PreviewRequest): number[] {
  if (item !== undefined) return Array.from({ length: count }, () => item);
  const part = split === "train" ? TRAIN : VALID;
  const all = Array.from(plan.split.keys()).filter((one) => plan.split[one] === part);
  return shuffled(all, createRng(recipe.seed, "preview", shuffle));
}

/** A drawn batch with labels; unreadable items are passed over. */
export async function preview(context: PreviewContext, request: PreviewRequest): Promise<PreviewItem[]> {
  const { plan, dataset, augment } = context;
  const items: number[] = [];
  const records: Uint8Array<ArrayBuffer>[] = [];
  const order = choose(context, request);
  const read = (i: number) => recordOf(dataset, order[i] as number);
  let at = 0;
  for await (const own of inOrder(order.length, context.decoder.parallel, read)) {
    if (own !== null) {
      items.push(order[at] as number);
      records.push(own);
    }
    at += 1;
    if (items.length >= request.count) break;
  }
  if (items.length === 0) return [];
  const drawn = request.augmented && request.split === "train";
  const draws = items.map((item, i) =>
    drawn ? augment.draw(request.shuffle * request.count + i, item, dataset.shape) : augment.evaluate(dataset.shape),
  );
  const pixels = records.map((record) => record.subarray(0, dataset.bytes));
  const shown = await augmented(pixels, draws, dataset.shape);
  const targets = await previewTargets(plan, dataset, records, draws);
  return Promise.all(
    items.map(async (item, i) => ({
      item,
      path: dataset.path(item),
      labels: plan.labels[item] ?? [],
      image: await bitmapOf(shown[i] as Pixels),
      ...(targets[i] === undefined ? {} : { target: targets[i] }),
    })),
  );
}

/** Items as the model sees them on validation; null where one cannot be read. */
export async function asSeen(
  { dataset, augment, decoder }: PreviewContext,
  items: readonly number[],
): Promise<(ImageBitmap | null)[]> {
  const records: (Uint8Array<ArrayBuffer> | null)[] = [];
  const read = (i: number) => recordOf(dataset, items[i] as number);
  for await (const own of inOrder(items.length, decoder.parallel, read)) records.push(own);
  const there = records.flatMap((own, i) => (own === null ? [] : [{ own: own.subarray(0, dataset.bytes), i }]));
  const images = items.map((): ImageBitmap | null => null);
  if (there.length === 0) return images;
  const draws = there.map(() => augment.evaluate(dataset.shape));
  const shown = await augmented(there.map(({ own }) => own), draws, dataset.shape); // prettier-ignore
  await Promise.all(there.map(async ({ i }, at) => void (images[i] = await bitmapOf(shown[at] as Pixels))));
  return images;
}

/** The item's own picture, upright; where its file is not at hand, the pixels that were kept. */
export async function thumbnail(
  { index, plan, decoder, dataset }: PreviewContext,
  item: number,
  size: number,
): Promise<ImageBitmap | null> {
  const [height, width, channels] = dataset.shape;
  const kept = (record: Uint8Array<ArrayBuffer>) =>
    bitmapOf({ width, height, channels, data: record.slice(0, dataset.bytes) });
  // A series has no picture but the one that is drawn of it.
  if (plan.series !== null) {
    const drawn = await recordOf(dataset, item);
    return drawn && kept(drawn);
  }
  const file = await index.read(plan.files[item] ?? -1);
  const picture = file.ok ? await decoder.thumbnail(file.value, dataset.path(item), size) : null;
  if (picture !== null) return picture;
  const record = new Uint8Array(dataset.bytes + dataset.targetBytes);
  return dataset.cache.read(item, record, 0) ? kept(record) : null;
}
