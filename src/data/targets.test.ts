// Masks, points and numbers from real folders: into the plan, into batches, and every bad one named.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DataSpec, Recipe } from "../spec/recipe";
import type { Device } from "../tensor/device";
import { readback } from "../tensor/readback";
import { openCpu } from "../testing/cpuDevice";
import { fakeDecoder } from "../testing/fakeDecoder";
import { encodePng } from "../formats/png/encodePng";
import { memoryIndex, nodeIndex } from "../testing/nodeSource";
import { hasShared, sharedPath } from "../testing/shared";
import { targetRecipe } from "../testing/targetRecipe";
import type { Batch, DataLoaders } from "./batch";
import { createDataBlock, type DataBlock } from "./dataBlock";
import type { FileIndex } from "./sources/fileIndex";

let device: Device;
beforeAll(async () => {
  device = await openCpu();
});
afterAll(() => device.close());

const free = (batch: Batch): void => [batch.x, batch.y, batch.weight].forEach((tensor) => tensor.dispose());

async function blockOf(index: FileIndex, recipe: Recipe): Promise<{ block: DataBlock; loaders: DataLoaders }> {
  const block = await createDataBlock({ index, recipe, decoder: fakeDecoder() });
  return { block, loaders: await block.loaders() };
}

async function firstTargets(loaders: DataLoaders): Promise<{ shape: number[]; dtype: string; y: number[]; items: number[] }> {
  for await (const batch of loaders.train.epoch(0)) {
    const found = { shape: batch.y.shape, dtype: batch.y.dtype, y: [...(await readback(batch.y))], items: [...batch.items] };
    free(batch);
    return found;
  }
  throw new Error("no batch");
} // prettier-ignore

const MASKS = { kind: "mask", template: "labels/{stem}_P{suffix}", codes: "codes.txt" } as const;

describe.skipIf(!hasShared)("CamVid", () => {
  it("splits by its list, names its codes, and gives masks of class numbers", async () => {
    const recipe = targetRecipe("segmentation", {
      items: { kind: "files", folder: "images" },
      labels: MASKS,
      split: { kind: "listFile", file: "valid.txt" },
    });
    const { block, loaders } = await blockOf(await nodeIndex(sharedPath("data/camvid")), recipe);
    expect([loaders.train.items, loaders.valid?.items, loaders.outputs]).toEqual([64, 20, 12]);
    expect(loaders.vocab.slice(0, 3)).toEqual(["Sky", "Building", "Pole"]);
    expect(block.report.problems).toEqual([]);
    const { shape, dtype, y } = await firstTargets(loaders);
    expect([shape, dtype]).toEqual([[4, 16, 16], "int32"]);
    // The shares of the whole set, as its README states them: sky, building, road.
    const share = (id: number) => y.filter((value) => value === id).length / y.length;
    expect([share(0) > 0.05, share(1) > 0.05, share(3) > 0.15]).toEqual([true, true, true]);
    expect(y.every((value) => value >= 0 && value < 12)).toBe(true);
  });
});

describe.skipIf(!hasShared)("CamVid in pieces", () => {
  it("trains on crops of picture and mask alike, and validates on whole pictures", async () => {
    const augment = [{ kind: "randCrop", height: 12, width: 16, tiles: true }];
    const recipe = targetRecipe("segmentation", {
      ...{ items: { kind: "files", folder: "images" }, labels: MASKS, split: { kind: "listFile", file: "valid.txt" } },
      ...{ transforms: [{ kind: "resize", size: 24, width: 32, method: "squish" }], augment, batchSize: 8 },
    });
    const { block, loaders } = await blockOf(await nodeIndex(sharedPath("data/camvid")), recipe);
    expect(loaders.inputShape).toEqual([12, 16, 3]);
    expect(loaders.tiles).toEqual({ size: [12, 16], overlap: 0.25 });
    expect((await firstTargets(loaders)).shape).toEqual([8, 12, 16]);
    // Two whole pictures are as large as eight pieces.
    expect([loaders.valid?.batchSize, loaders.valid?.batches]).toEqual([2, 10]);
    for await (const batch of loaders.valid?.epoch(0) ?? []) {
      expect([batch.x.shape, batch.y.shape]).toEqual([[2, 24, 32, 3], [2, 24, 32]]); // prettier-ignore
      free(batch);
    }
    const classes = { ...recipe, task: "singleLabel" as const };
    expect(block.report.inputShape).toEqual([12, 16, 3]);
    const { labels: _labels, ...others } = classes.data;
    const plain = targetRecipe("singleLabel", { ...others, labels: { kind: "fileName" } });
    expect((await blockOf(await nodeIndex(sharedPath("data/camvid")), plain)).loaders.tiles).toBeNull();
  });
});

describe.skipIf(!hasShared)("head poses", () => {
  it("project the centre to where fastai's convert_biwi puts it", async () => {
    const calibration = "517.679 0 320\n0 517.679 240.5\n0 0 1\n\n0 0 0 0\n\n1 0 0\n0 1 0\n0 0 1\n\n0 0 0\n\n640 480\n";
    const golden = "1 0 0\n0 1 0\n0 0 1\n\n187.332 40.3892 893.135\n";
    const picture = await encodePng({ width: 640, height: 480, channels: 1, data: new Uint8Array(640 * 480) });
    const frames = [1, 2, 3, 4].flatMap((i) => [
      [`09/frame_0066${i}_rgb.png`, picture] as const,
      [`09/frame_0066${i}_pose.txt`, golden] as const,
    ]);
    const index = await memoryIndex({ ...Object.fromEntries(frames), "09/rgb.cal": calibration });
    const recipe = targetRecipe("points", {
      labels: { kind: "pose", template: "{folder}/{stem}_pose.txt", strip: "_rgb", calibration: "{folder}/rgb.cal" },
    });
    const { block, loaders } = await blockOf(index, recipe);
    const { shape, y } = await firstTargets(loaders);
    expect([shape, loaders.outputs]).toEqual([[4, 1, 2], 2]);
    expect(y[0]).toBeCloseTo(0.0996266, 5);
    expect(y[1]).toBeCloseTo(0.3393169, 5);
    expect(block.itemFrame(0)).toEqual({ top: 0, left: 0, height: 480, width: 640, turned: false });
  });

  it("are found for every frame of the folder", async () => {
    const recipe = targetRecipe("points", {
      labels: { kind: "pose", template: "{folder}/{stem}_pose.txt", strip: "_rgb", calibration: "{folder}/rgb.cal" },
    });
    const { block, loaders } = await blockOf(await nodeIndex(sharedPath("data/biwi_like")), recipe);
    expect(block.report.items).toBe(151);
    const { y } = await firstTargets(loaders);
    expect(y.every((value) => Math.abs(value) < 1)).toBe(true);
    // Drawn one by one, pictures of one folder are in both sets; the button holds whole folders out.
    const [leak] = block.report.problems;
    expect(block.report.problems.map(({ code }) => code)).toEqual(["SPLIT_GROUPS"]);
    const mend = leak?.mend[0]?.action;
    if (mend?.do !== "setRecipe") throw new Error("no mend");
    const mended = { ...recipe, data: { ...recipe.data, split: mend.value as DataSpec["split"] } };
    const { block: whole } = await blockOf(await nodeIndex(sharedPath("data/biwi_like")), mended);
    expect(whole.report.problems).toEqual([]);
  });
});

describe.skipIf(!hasShared)("faces", () => {
  const faces = (columns: string[]): Recipe =>
    targetRecipe("points", {
      items: { kind: "files", folder: "images" },
      labels: { kind: "pointColumns", columns, order: "xy", file: "keypoints.csv" },
      split: { kind: "listFile", file: "valid.txt" },
    });

  it("give the nose tip, or all 68 points", async () => {
    const index = await nodeIndex(sharedPath("data/faces_kpts"));
    const nose = await blockOf(index, faces(["60", "61"]));
    expect([nose.loaders.train.items, nose.loaders.valid?.items, nose.loaders.outputs]).toEqual([183, 57, 2]);
    const all = await blockOf(index, faces([]));
    expect([all.loaders.outputs, (await firstTargets(all.loaders)).shape]).toEqual([136, [4, 68, 2]]);
    // The picture is its own frame: the nose lies near the middle.
    const { y } = await firstTargets(nose.loaders);
    expect(y.every((value) => Math.abs(value) < 0.6)).toBe(true);
  });
});

describe("several points", () => {
  const pts = (points: number[][]): string =>
    `version: 1\nn_points: ${points.length}\n{\n${points.map((point) => point.join(" ")).join("\n")}\n}\n`;
  const points = (data: Partial<DataSpec>) =>
    targetRecipe("points", { labels: { kind: "pointsFile", template: "{folder}/{stem}.pts", order: "xy" }, ...data });
  const made = async () => {
    const picture = await encodePng({ width: 8, height: 4, channels: 1, data: new Uint8Array(32) });
    const names = ["a", "b", "c", "d", "e", "f"];
    return memoryIndex({
      ...Object.fromEntries(names.map((name) => [`p/${name}.png`, picture])),
      ...Object.fromEntries(names.map((name) => [`p/${name}.pts`, pts([[0, 0], [4, 2], [8, 4]])])),
    }); // prettier-ignore
  };

  it("on mirrored pictures are warned of, with a button; one point is not", async () => {
    const index = await made();
    const recipe = points({ augment: [{ kind: "flip" }, { kind: "rotate" }] });
    const block = await createDataBlock({ index, recipe, decoder: fakeDecoder() });
    const [warning] = block.report.problems;
    expect(warning).toMatchObject({ code: "POINTS_MIRRORED", items: ["flip"] });
    expect(warning?.mend[0]?.action).toMatchObject({ path: "data.augment", value: [{ kind: "rotate" }] });
    const one = { ...recipe, data: { ...recipe.data, labels: { ...recipe.data.labels, only: ["2"] } } } as Recipe;
    expect((await createDataBlock({ index, recipe: one, decoder: fakeDecoder() })).report.problems).toEqual([]);
  });

  it("of files can be chosen by number", async () => {
    const recipe = points({ batchSize: 2 });
    const only = (numbers: string[]): Recipe => ({ ...recipe, data: { ...recipe.data, labels: { ...recipe.data.labels, only: numbers } } }) as Recipe; // prettier-ignore
    const { loaders } = await blockOf(await made(), only(["3", "2"]));
    expect(loaders.vocab).toEqual(["point 3", "point 2"]);
    expect((await firstTargets(loaders)).y.slice(0, 4)).toEqual([1, 1, 0, 0]);
    const block = await createDataBlock({ index: await made(), recipe: only(["4"]), decoder: fakeDecoder() });
    expect(block.report.problems).toMatchObject([{ code: "POINTS_NUMBER", items: ["4"] }]);
  });
});

describe("numbers", () => {
  it("with gaps and words are left out by name; the rest trains", async () => {
    const picture = await encodePng({ width: 4, height: 4, channels: 1, data: new Uint8Array(16) });
    const ages = ["31.5", "", "old", "NaN", "1e3", "7"];
    const index = await memoryIndex({
      ...Object.fromEntries(ages.map((_, i) => [`p/${i}.png`, picture])),
      "ages.csv": ["name,age", ...ages.map((age, i) => `${i}.png,${age}`)].join("\n"),
    });
    const recipe = targetRecipe("regression", {
      labels: { kind: "floatColumns", columns: ["age"], file: "ages.csv" },
      batchSize: 3,
    });
    const { block, loaders } = await blockOf(index, recipe);
    expect(block.report.problems.find(({ code }) => code === "TABLE_NUMBERS")?.items).toEqual([
      "p/1.png, line 3",
      "p/2.png, line 4",
      "p/3.png, line 5",
    ]);
    const { shape, y } = await firstTargets(loaders);
    expect([shape, [...y].sort((a, b) => a - b)]).toEqual([[3, 1], [7, 31.5, 1000]]); // prettier-ignore
  });

  it("may stand in the name of a file, where the task asks for numbers", async () => {
    const picture = await encodePng({ width: 4, height: 4, channels: 1, data: new Uint8Array(16) });
    const names = ["26_a", "31.5_b", "7_c", "old_d", "40_e"];
    const index = await memoryIndex(Object.fromEntries(names.map((name) => [`p/${name}.png`, picture])));
    const labels = { kind: "regex", pattern: "^([^_]+)_", on: "name" } as const;
    const { block, loaders } = await blockOf(index, targetRecipe("regression", { labels, batchSize: 2, split: { kind: "random", valid: 0.5, seed: 1 } })); // prettier-ignore
    expect(block.report.problems).toMatchObject([{ code: "TABLE_NUMBERS", items: ["old_d.png"] }]);
    expect([loaders.train.items, loaders.outputs, loaders.vocab]).toEqual([2, 1, ["value"]]);
    const { y } = await firstTargets(loaders);
    expect(y.every((value) => [26, 31.5, 7, 40].includes(value))).toBe(true);
  });

  it("that do not fit the task say so and offer the task that fits", async () => {
    const index = await memoryIndex({ "a/1.png": "x", "b/2.png": "x" });
    const block = await createDataBlock({ index, recipe: targetRecipe("segmentation", { labels: { kind: "parentFolder" } }), decoder: fakeDecoder() }); // prettier-ignore
    const [wrong] = block.report.problems;
    expect(wrong).toMatchObject({ code: "LABELS_TASK", mend: [{ action: { path: "task", value: "singleLabel" } }] });
  });
});
