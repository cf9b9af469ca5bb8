// Segmentation from drawn files to packed predictions: a small U-Net learns which half of a picture is bright.
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Problem } from "../base/problem";
import { unwrap } from "../base/result";
import { createRng } from "../base/rng";
import { createDataBlock } from "../data/dataBlock";
import { decodeImage, decodeThumbnail } from "../data/decode/decodeImage";
import { encodePng } from "../formats/png/encodePng";
import { unpackMask } from "../spec/packedMask";
import type { Recipe } from "../spec/recipe";
import { RECIPES } from "../spec/recipes";
import { openDevice, type Device } from "../tensor/device";
import { memoryIndex } from "../testing/memoryIndex";
import { interpretationOf } from "./interpretation";
import { makeLearner } from "./makeLearner";

const SIZE = 32;
const photos = RECIPES["photos"] as Recipe;
const problems: Problem[] = [];
let device: Device;
beforeAll(async () => {
  device = await openDevice({ onProblem: (problem) => problems.push(problem) });
});
afterAll(() => {
  device.close();
  expect(problems).toEqual([]);
});

/** A picture that is bright from some column on, and the mask that says so. */
async function drawn(i: number): Promise<readonly [string, Uint8Array<ArrayBuffer>][]> {
  const rng = createRng("segmentation", i);
  const from = 8 + rng.below(16);
  const bright = (at: number): boolean => at % SIZE >= from;
  const picture = Uint8Array.from({ length: SIZE * SIZE * 3 }, (_, k) => (bright(Math.floor(k / 3)) ? 170 : 50) + rng.below(40)); // prettier-ignore
  const mask = Uint8Array.from({ length: SIZE * SIZE }, (_, k) => Number(bright(k)));
  return [
    [`images/${i}.png`, await encodePng({ width: SIZE, height: SIZE, channels: 3, data: picture })],
    [`labels/${i}_P.png`, await encodePng({ width: SIZE, height: SIZE, channels: 1, data: mask })],
  ];
}

it("trains a U-Net on masks that turn with their pictures, and packs what it predicts", async () => {
  const files = await Promise.all(Array.from({ length: 20 }, (_, i) => drawn(i)));
  const index = await memoryIndex({ ...Object.fromEntries(files.flat()), "codes.txt": "dark\nbright\n" });
  const recipe: Recipe = {
    ...photos,
    task: "segmentation",
    metrics: [],
    data: {
      ...photos.data,
      items: { kind: "files", folder: "images" },
      labels: { kind: "mask", template: "labels/{stem}_P{suffix}", codes: "codes.txt" },
      transforms: [{ kind: "resize", size: SIZE, method: "squish" }],
      augment: [{ kind: "flip", p: 0.5 }],
      batchSize: 4,
    },
    model: { ...photos.model, options: { width: 8, depth: 1 } },
  };
  const decoder = { parallel: 2, decode: decodeImage, thumbnail: decodeThumbnail, dispose: () => undefined };
  const block = await createDataBlock({ index, recipe, decoder });
  const data = await block.loaders();
  const shown = await block.preview({ split: "train", count: 4, shuffle: 0, augmented: true });
  expect(shown.map(({ target }) => target?.kind)).toEqual(["mask", "mask", "mask", "mask"]);
  const learner = unwrap(await makeLearner(recipe, { data, weights: null, clock: () => performance.now() }));
  const before = await learner.validate();
  await learner.fitOneCycle(4, 0.01);
  const after = await learner.validate();
  const seen = interpretationOf(await learner.predict(), { runId: "a", recipe, vocab: data.vocab, block });
  learner.dispose();
  if (seen.task !== "segmentation" || before.loss === null || after.loss === null) throw new Error(seen.task);
  expect(after.loss).toBeLessThan(0.7 * before.loss);
  expect([seen.size, seen.predicted.length, seen.items.length]).toEqual([[SIZE, SIZE], 4, 4]);
  expect(seen.confusion.reduce((sum, value) => sum + value, 0)).toBe(4 * SIZE * SIZE);
  const right = ((seen.confusion[0] ?? 0) + (seen.confusion[3] ?? 0)) / (4 * SIZE * SIZE);
  const same = seen.targets.map((own, i) => {
    const [truth, said] = [unpackMask(own, SIZE * SIZE), unpackMask(seen.predicted[i] ?? own, SIZE * SIZE)];
    return truth.filter((id, at) => id === said[at]).length / (SIZE * SIZE);
  });
  expect(same.reduce((sum, share) => sum + share, 0) / 4).toBeCloseTo(right, 10);
  // A constant answer is right on two thirds at most.
  expect(right).toBeGreaterThan(0.75);
});
