// Every task from real folders to predictions, with small nets on the processor.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unwrap } from "../base/result";
import { createDataBlock, type DataBlock } from "../data/dataBlock";
import { guessBlocks } from "../data/guess/guess";
import { createTables } from "../data/tables";
import { openTestSet } from "../data/testSet";
import { decodePng } from "../formats/png/decodePng";
import { openZip } from "../formats/zip/zip";
import type { Recipe } from "../spec/recipe";
import { RECIPES } from "../spec/recipes";
import type { Device } from "../tensor/device";
import { openCpu } from "../testing/cpuDevice";
import { fakeDecoder } from "../testing/fakeDecoder";
import { memoryIndex, nodeIndex } from "../testing/nodeSource";
import { hasShared, readShared, sharedPath } from "../testing/shared";
import { interpretationOf } from "./interpretation";
import { makeLearner } from "./makeLearner";
import { zipMasks } from "./maskExport";
import { inPixels } from "./predictTest";

let device: Device;
beforeAll(async () => {
  device = await openCpu();
});
afterAll(() => device.close());

const photos = RECIPES["photos"] as Recipe;

/** The folder's first guess on small pictures, as a recipe with a net of a few thousand weights. */
async function opened(folder: string, size: number): Promise<{ recipe: Recipe; block: DataBlock }> {
  const index = await nodeIndex(sharedPath(`data/${folder}`));
  const tables = createTables(index);
  const [guess] = await guessBlocks(index, tables);
  if (!guess) throw new Error("no guess");
  const drawn = guess.data.transforms?.map((one) => ({ ...one, size }));
  const recipe: Recipe = {
    ...photos,
    task: guess.task,
    metrics: [],
    data: {
      ...photos.data,
      ...guess.data,
      transforms: drawn ?? [{ kind: "resize", size, method: "squish" }],
      augment: [],
      limit: 12,
      batchSize: 2,
    },
    model: { ...photos.model, options: { width: 8, depth: 1 }, head: { lin: [8], dropout: 0 } },
  };
  return { recipe, block: await createDataBlock({ index, tables, recipe, decoder: fakeDecoder() }) };
}

async function learned(folder: string, size = 16) {
  const { recipe, block } = await opened(folder, size);
  const data = await block.loaders();
  const learner = unwrap(await makeLearner(recipe, { data, weights: null, clock: () => 0 }));
  await learner.fit(1, 1e-3);
  const predictions = await learner.predict();
  const seen = interpretationOf(predictions, { runId: "a", recipe, vocab: data.vocab, block });
  const { loss } = await learner.validate();
  learner.dispose();
  return { recipe, seen, loss };
}

describe.skipIf(!hasShared)("a folder's first guess trains and predicts", () => {
  it("points: numbers, and what they span in the file's pixels", async () => {
    const { seen, loss } = await learned("biwi_like");
    if (seen.task !== "points") throw new Error(seen.task);
    expect([seen.values.length, seen.targets.length]).toEqual([2 * seen.items.length, 2 * seen.items.length]);
    expect([...seen.frames.slice(0, 4)]).toEqual([0, 0, 480, 640]);
    const mean = seen.losses.reduce((sum, value) => sum + value, 0) / seen.losses.length;
    expect(loss).toBeCloseTo(mean, 5);
    const [y = 0, x = 0, toY = 0, toX = 0] = [seen.values[0], seen.values[1], seen.targets[0], seen.targets[1]];
    expect(seen.losses[0]).toBeCloseTo(((y - toY) ** 2 + (x - toX) ** 2) / 2, 5);
  });

  it("series: classes of pictures that were drawn from numbers", async () => {
    const { seen, recipe } = await learned("ucr/GunPoint");
    if (!("probabilities" in seen)) throw new Error(seen.task);
    expect([seen.vocab, recipe.data.items.kind]).toEqual([["1", "2"], "series"]);
    expect(seen.paths[0]).toMatch(/^GunPoint_TEST\.tsv#\d+$/);
  });

  it("counts the classes of the training set: labels, and the pixels of masks", async () => {
    const [cats, street] = [await opened("cats_dogs", 8), await opened("camvid_tiny", 16)];
    const [labels, pixels] = [await cats.block.loaders(), await street.block.loaders()];
    const sum = (counts: readonly number[] = []): number => counts.reduce((all, count) => all + count, 0);
    expect(sum(await labels.classCounts?.())).toBe(cats.block.report.train);
    const counts = await pixels.classCounts?.();
    expect(counts).toHaveLength(pixels.outputs);
    const [height, width] = street.block.report.inputShape;
    expect(sum(counts)).toBe(street.block.report.train * height * width);
    const points = await (await opened("biwi_like", 8)).block.loaders();
    expect(points.classCounts).toBeUndefined();
  });

  it("a test set without labels: probabilities of every picture in its own order", async () => {
    const { recipe, block } = await opened("cats_dogs", 16);
    const data = await block.loaders();
    const learner = unwrap(await makeLearner(recipe, { data, weights: null, clock: () => 0 }));
    const index = await nodeIndex(sharedPath("data/cats_dogs/valid/cats"));
    const decoder = fakeDecoder();
    const stats = { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] };
    const set = unwrap(await openTestSet({ index, recipe, vocab: data.vocab, stats, decoder, onProgress: () => undefined })); // prettier-ignore
    const predictions = await learner.predict(set.loader);
    learner.dispose();
    if (predictions.kind !== "classes") throw new Error(predictions.kind);
    expect(Array.from(predictions.items, set.path)).toEqual(index.paths);
    expect([predictions.items.length, predictions.probabilities.length]).toEqual([44, 88]);
    expect((predictions.probabilities[0] ?? 0) + (predictions.probabilities[1] ?? 0)).toBeCloseTo(1, 6);
  });

  it("a test set of scenes: a mask of class numbers for each, as large as its picture", async () => {
    const { recipe, block } = await opened("camvid_tiny", 32);
    const data = await block.loaders();
    const learner = unwrap(await makeLearner(recipe, { data, weights: null, clock: () => 0 }));
    const index = await memoryIndex({
      "scenes/a.png": await readShared("data/camvid_tiny/images/0001TP_006750.png"),
      "scenes/b.png": await readShared("data/camvid_tiny/images/0001TP_007500.png"),
    });
    const stats = { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] };
    const set = unwrap(await openTestSet({ index, recipe, vocab: data.vocab, stats, decoder: fakeDecoder(), onProgress: () => undefined })); // prettier-ignore
    const predictions = await learner.predict(set.loader);
    learner.dispose();
    if (predictions.kind !== "masks") throw new Error(predictions.kind);
    const archive = unwrap(await openZip(unwrap(await zipMasks(predictions, data.vocab, set))));
    expect(archive.names).toEqual(["a.png", "b.png", "codes.txt"]);
    for (const i of [0, 1]) {
      const png = decodePng(new Uint8Array(await unwrap(await archive.read(i)).arrayBuffer()));
      expect([png.width, png.height]).toEqual([128, 96]);
      expect(Math.max(...png.samples)).toBeLessThan(data.vocab.length);
    }
  });

  it("a test set of points: in the pixels of each file", async () => {
    const { recipe, block } = await opened("biwi_like", 16);
    const data = await block.loaders();
    const learner = unwrap(await makeLearner(recipe, { data, weights: null, clock: () => 0 }));
    const index = await nodeIndex(sharedPath("data/biwi_like/01"));
    const stats = { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] };
    const set = unwrap(await openTestSet({ index, recipe, vocab: data.vocab, stats, decoder: fakeDecoder(), onProgress: () => undefined })); // prettier-ignore
    const predictions = await learner.predict(set.loader);
    learner.dispose();
    if (predictions.kind !== "values") throw new Error(predictions.kind);
    const pixels = await inPixels(set, predictions);
    expect(pixels).toHaveLength(2 * index.images.length);
    // The whole picture of 640 × 480 is squeezed into the model's square: −1 is its edge, 1 the other.
    for (const [i, value] of predictions.values.entries())
      expect(pixels[i]).toBeCloseTo(((value + 1) / 2) * (i % 2 === 0 ? 480 : 640), 2);
  });

  it("a test set of series: an answer for each row whatever its length, and the name of a row with a gap", async () => {
    const { recipe, block } = await opened("ucr/GunPoint", 16);
    const { vocab } = await block.loaders();
    const row = (length: number, odd = ""): string => ["1", ...Array.from({ length }, (_, i) => (i === 4 && odd !== "" ? odd : Math.sin(i / 9)))].join("\t"); // prettier-ignore
    const index = await memoryIndex({ "new.tsv": [row(150), row(90), row(150), row(200), row(150, "?")].join("\n") });
    const stats = { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] };
    const set = unwrap(await openTestSet({ index, recipe, vocab, stats, decoder: fakeDecoder(), onProgress: () => undefined })); // prettier-ignore
    expect([0, 1, 2, 3].map(set.path)).toEqual(["new.tsv#1", "new.tsv#2", "new.tsv#3", "new.tsv#4"]);
    expect(set.loader.items).toBe(4);
    expect(set.skipped).toEqual([{ path: "new.tsv, line 5", code: "SERIES_GAPS", reason: "a gap or a word stands where a number should be" }]); // prettier-ignore
  });

  it("a test set of series: the rows of every table", async () => {
    const { recipe, block } = await opened("ucr/GunPoint", 16);
    const data = await block.loaders();
    const learner = unwrap(await makeLearner(recipe, { data, weights: null, clock: () => 0 }));
    const index = await nodeIndex(sharedPath("data/ucr/GunPoint"));
    const stats = { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] };
    const set = unwrap(await openTestSet({ index, recipe, vocab: data.vocab, stats, decoder: fakeDecoder(), onProgress: () => undefined })); // prettier-ignore
    const predictions = await learner.predict(set.loader);
    learner.dispose();
    if (predictions.kind !== "classes") throw new Error(predictions.kind);
    expect(predictions.probabilities).toHaveLength(2 * 200);
    expect(set.path(0)).toBe("GunPoint_TEST.tsv#1");
  });

  it("texts: read, labelled and split; that they are not trained on is said", async () => {
    const { block } = await opened("imdb_sample", 16);
    expect([block.report.ready, block.report.vocab, block.report.items]).toEqual([false, ["negative", "positive"], 12]);
    await expect(block.loaders()).rejects.toMatchObject({ problem: { code: "TEXT_MODEL" } });
    const walk = await block.walk(0);
    expect(walk.map(({ title }) => title)).toEqual(["File", "Text", "Label", "Set", "Stops here"]);
    expect(walk[1]?.value).toMatch(/^\d+ letters: /);
  });
});
