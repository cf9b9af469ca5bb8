// Loaders on the processor: fixed shapes, padding, order by seed and epoch, going on in mid-epoch, normalisation.
import { memory } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RECIPES } from "../spec/recipes";
import type { Recipe } from "../spec/recipe";
import type { Device } from "../tensor/device";
import { readback } from "../tensor/readback";
import { openCpu } from "../testing/cpuDevice";
import { fakeDecoder } from "../testing/fakeDecoder";
import { memoryIndex } from "../testing/nodeSource";
import { badInputs, readBadInput } from "../testing/badInputs";
import type { Batch, DataLoader, EpochOptions } from "./batch";
import { createDataBlock } from "./dataBlock";

let device: Device;
beforeAll(async () => {
  device = await openCpu();
});
afterAll(() => device.close());

const planet = RECIPES["planet"] as Recipe;
const photos = RECIPES["photos"] as Recipe;
const data = { transforms: [{ kind: "resize", size: 8, method: "squish" }], batchSize: 4, augment: [] };

async function folders(count: number) {
  const picture = await readBadInput("img/ok.jpg");
  const entries = ["a", "b", "c"].flatMap((label) =>
    Array.from({ length: count }, (_, i) => [`${label}/${i}.jpg`, picture] as const),
  );
  return memoryIndex(Object.fromEntries(entries));
}

async function loaders(count = 5, change: Partial<Recipe["data"]> = {}, seed = 42) {
  const recipe: Recipe = { ...photos, seed, data: { ...photos.data, ...data, ...change } };
  const block = await createDataBlock({ index: await folders(count), recipe, decoder: fakeDecoder() });
  return { block, ...(await block.loaders()) };
}

async function collect(loader: DataLoader, epoch: number, options?: EpochOptions) {
  const all: { items: number[]; shape: number[]; weight: number[]; count: number; x: number[] }[] = [];
  for await (const batch of loader.epoch(epoch, options)) {
    const [x, weight] = [await readback(batch.x), await readback(batch.weight)];
    all.push({ items: [...batch.items], shape: batch.x.shape, weight: [...weight], count: batch.count, x: [...x] });
    free(batch);
  }
  return all;
}
const free = (batch: Batch): void => {
  for (const tensor of [batch.x, batch.y, batch.weight]) tensor.dispose();
};

describe("loaders", () => {
  it("drop the last partial training batch and pad the last validation batch with weight 0", async () => {
    const { train, valid } = await loaders(5, { split: { kind: "random", valid: 0.4, seed: 1 } });
    expect([train.items, train.batches, valid?.items, valid?.batches]).toEqual([9, 2, 6, 2]);
    const trained = await collect(train, 0);
    expect(trained.map(({ shape, weight }) => [shape, weight])).toEqual(
      [0, 1].map(() => [
        [4, 8, 8, 3],
        [1, 1, 1, 1],
      ]),
    );
    const last = valid === null ? undefined : (await collect(valid, 0)).at(-1);
    expect(last).toMatchObject({ weight: [1, 1, 0, 0], count: 2, shape: [4, 8, 8, 3] });
    expect(last?.items.slice(2)).toEqual([-1, -1]);
  });

  it("shuffle by seed and epoch alone, and validate in order", async () => {
    const first = await loaders(8);
    const again = await loaders(8);
    const other = await loaders(8, {}, 7);
    const items = async (loader: DataLoader, epoch: number) => (await collect(loader, epoch)).flatMap((b) => b.items);
    const order = await items(first.train, 1);
    expect(await items(again.train, 1)).toEqual(order);
    expect(await items(first.train, 2)).not.toEqual(order);
    expect(await items(other.train, 1)).not.toEqual(order);
    const valid = first.valid === null ? [] : (await items(first.valid, 0)).filter((item) => item >= 0);
    expect(valid).toEqual([...valid].sort((a, b) => a - b));
  });

  it("go on in mid-epoch with the very batches that would have come", async () => {
    const augment = [{ kind: "rotate", max: 30 }, { kind: "brightness" }];
    const { train } = await loaders(8, { augment });
    const whole = await collect(train, 3);
    expect(await collect(train, 3, { fromBatch: 2 })).toEqual(whole.slice(2));
  });

  it("leave no tensor behind, also when an epoch is left early", async () => {
    const { train } = await loaders(8);
    const before = memory().numTensors;
    await collect(train, 0);
    for await (const batch of train.epoch(0)) {
      free(batch);
      break;
    }
    expect(memory().numTensors).toBe(before);
  });

  it("stop at once when they are told to", async () => {
    const { train } = await loaders(8);
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(collect(train, 0, { signal })).rejects.toThrow("enough");
  });

  it("normalise by measured statistics to mean 0 and spread 1", async () => {
    const { train, block } = await loaders(16, {
      normalize: "measured",
      split: { kind: "random", valid: 0.1, seed: 1 },
    });
    const [epoch, next] = [await collect(train, 0), await collect(train, 1)];
    expect(epoch.length + next.length).toBe(2 * train.batches);
    const values = epoch.flatMap(({ x }) => x);
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    expect(train.items - train.batches * 4).toBeLessThan(4);
    // One picture a batch at most is left out of the epoch by drop_last.
    expect(Math.abs(mean)).toBeLessThan(0.15);
    expect(block.report.stats?.mean.every((value) => value > 0 && value < 1)).toBe(true);
  });
});

describe("targets", () => {
  it("are class indices for one label", async () => {
    const { train, vocab, block } = await loaders(4);
    for await (const batch of train.epoch(0)) {
      const y = [...(await readback(batch.y))];
      expect(batch.y.dtype).toBe("int32");
      expect(y.map((number) => vocab[number])).toEqual([...batch.items].map((item) => block.itemLabels(item)[0]));
      free(batch);
    }
  });

  it("are rows of zeros and ones for several labels", async () => {
    const picture = await readBadInput("img/ok.jpg");
    const rows = ["clear primary", "clear", "primary water", "", "haze", "clear water", "primary", "haze water"];
    const index = await memoryIndex({
      ...Object.fromEntries(rows.map((_, i) => [`train-jpg/t_${i}.jpg`, picture])),
      "train_v2.csv": ["image_name,tags", ...rows.map((tags, i) => `t_${i},${tags}`)].join("\n"),
    });
    const recipe = { ...planet, data: { ...planet.data, ...data } };
    const block = await createDataBlock({ index, recipe, decoder: fakeDecoder() });
    const { train, vocab } = await block.loaders();
    expect(vocab).toEqual(["clear", "haze", "primary", "water"]);
    for await (const batch of train.epoch(0)) {
      const y = [...(await readback(batch.y))];
      expect([batch.y.dtype, batch.y.shape]).toEqual(["float32", [4, 4]]);
      expect(y).toEqual(
        [...batch.items].flatMap((item) => vocab.map((tag) => Number(block.itemLabels(item).includes(tag)))),
      );
      free(batch);
    }
  });
});

describe("a folder with every bad picture", () => {
  it("trains on the good ones and names each of the others with its code", async () => {
    const entries = await Promise.all(
      badInputs("img").map(
        async ({ path }) =>
          [`${path.length % 2 === 0 ? "even" : "odd"}/${path.slice(4)}`, await readBadInput(path)] as const,
      ),
    );
    const recipe = { ...photos, data: { ...photos.data, ...data } };
    const block = await createDataBlock({
      index: await memoryIndex(Object.fromEntries(entries)),
      recipe,
      decoder: fakeDecoder(),
    });
    await block.loaders();
    const expected = badInputs("img").filter(
      ({ expect: outcome, path }) => outcome === "reject" && !path.endsWith(".bin"),
    );
    expect(new Set(block.report.skipped.map(({ path, code }) => `${path.split("/")[1]} ${code}`))).toEqual(
      new Set(expected.map(({ path, code }) => `${path.slice(4)} ${code}`)),
    );
    expect(block.report.ready).toBe(true);
  });
});

describe("pictures of other numbers of channels", () => {
  it.each([1, 4])("come with %i of them, normalised by as many statistics", async (channels) => {
    const augment = [{ kind: "rotate", p: 1 }, { kind: "brightness" }];
    const { train, block, inputShape } = await loaders(5, { channels, augment, normalize: "measured" });
    expect(inputShape).toEqual([8, 8, channels]);
    expect(block.report.inputShape).toEqual([8, 8, channels]);
    expect(block.report.stats?.mean).toHaveLength(channels);
    const [first] = await collect(train, 0);
    expect(first?.shape).toEqual([4, 8, 8, channels]);
    expect(first?.x.every(Number.isFinite)).toBe(true);
  });

  it("are left out where they have not as many bands as the recipe says", async () => {
    const recipe: Recipe = { ...photos, data: { ...photos.data, ...data, channels: 2 } };
    const block = await createDataBlock({ index: await folders(3), recipe, decoder: fakeDecoder() });
    await expect(block.loaders()).rejects.toThrow();
    expect(new Set(block.report.skipped.map(({ code }) => code))).toEqual(new Set(["IMG_CHANNELS"]));
  });
});
