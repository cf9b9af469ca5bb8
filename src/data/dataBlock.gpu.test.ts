// A block over a drawn sample in a browser: batches on the GPU, previews, the walk of one item, thumbnails.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Problem } from "../base/problem";
import { RECIPES } from "../spec/recipes";
import type { Recipe } from "../spec/recipe";
import { openDevice, type Device } from "../tensor/device";
import { readback } from "../tensor/readback";
import { createDataBlock, type DataBlock } from "./dataBlock";
import { decodeImage, decodeThumbnail } from "./decode/decodeImage";
import type { Decoder } from "./decode/decoder";
import { NORMALIZATIONS } from "./normalize";
import { openSource } from "./sources/openSource";

const decoder: Decoder = { parallel: 2, decode: decodeImage, thumbnail: decodeThumbnail, dispose: () => {} };
const tiles = RECIPES["tiles"] as Recipe;
const recipe: Recipe = { ...tiles, data: { ...tiles.data, limit: 40, batchSize: 8 } };
const problems: Problem[] = [];
let device: Device;
let block: DataBlock;

beforeAll(async () => {
  device = await openDevice({ onProblem: (problem) => problems.push(problem) });
  const index = await openSource([{ kind: "sample", id: "tiles" }]);
  if (!index.ok) throw new Error(index.error.code);
  block = await createDataBlock({ index: index.value, recipe, decoder });
});
afterAll(() => {
  block.dispose();
  device.close();
  expect(problems).toEqual([]);
});

const pixelsOf = (image: ImageBitmap): number[] => {
  const context = new OffscreenCanvas(image.width, image.height).getContext("2d") as OffscreenCanvasRenderingContext2D;
  context.drawImage(image, 0, 0);
  return [...context.getImageData(0, 0, image.width, image.height).data].filter((_, i) => i % 4 !== 3);
};

describe("a block in the browser", () => {
  it("gives validation batches that are the pixels, normalised, and nothing else", async () => {
    const { valid } = await block.loaders();
    const stats = NORMALIZATIONS.get("imagenet")?.stats;
    if (valid === null || !stats) throw new Error("no validation set");
    for await (const batch of valid.epoch(0)) {
      const x = await readback(batch.x);
      const item = batch.items[0] as number;
      const [shown] = await block.preview({ split: "valid", count: 1, shuffle: 0, augmented: false, item });
      if (shown === undefined) throw new Error("no preview");
      const expected = pixelsOf(shown.image).map(
        (v, i) => (v / 255 - (stats.mean[i % 3] ?? 0)) / (stats.std[i % 3] ?? 1),
      );
      // float32 division and subtraction round to within 1e-6 of values below 3.
      expected.forEach((value, i) => expect(Math.abs(value - (x[i] as number))).toBeLessThan(1e-5));
      for (const tensor of [batch.x, batch.y, batch.weight]) tensor.dispose();
      break;
    }
  });

  it("shows a batch with labels, and the same item in nine draws that differ", async () => {
    const batch = await block.preview({ split: "train", count: 9, shuffle: 0, augmented: true });
    expect(batch.map(({ labels }) => labels.length > 0)).toEqual(Array.from({ length: 9 }, () => true));
    expect(new Set(batch.map(({ item }) => item)).size).toBe(9);
    const other = await block.preview({ split: "train", count: 9, shuffle: 1, augmented: true });
    expect(other.map(({ item }) => item)).not.toEqual(batch.map(({ item }) => item));
    const draws = await block.preview({
      split: "train",
      count: 9,
      shuffle: 0,
      augmented: true,
      item: batch[0]?.item ?? 0,
    });
    expect(new Set(draws.map(({ image }) => pixelsOf(image).join())).size).toBe(9);
  });

  it("walks one item through all six slots", async () => {
    const steps = await block.walk(0);
    expect(steps.map(({ slot }) => slot)).toEqual(["source", "items", "labels", "split", "transforms", "batch"]);
    expect(steps.map(({ value }) => value).slice(0, 2)).toEqual([block.itemPath(0), "JPEG, 96 × 96 pixels"]);
    const numbered = block.itemLabels(0).map((label) => `${label} (number ${block.report.vocab.indexOf(label)})`);
    expect(steps[2]?.value).toBe(numbered.join(", "));
    expect(steps.map(({ image }) => image?.width ?? null)).toEqual([null, 96, null, null, 32, 32]);
  });

  it("makes thumbnails in the order asked for", async () => {
    const images = await block.thumbnails([3, 1], 48);
    expect(images.map((image) => [image?.width, image?.height])).toEqual([
      [48, 48],
      [48, 48],
    ]);
  });
});
