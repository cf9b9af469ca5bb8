// What masks hold besides class numbers: each kind is named, what can be settled is settled at one press, the rest goes on.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodePng } from "../formats/png/encodePng";
import type { Device } from "../tensor/device";
import { readback } from "../tensor/readback";
import { openCpu } from "../testing/cpuDevice";
import { fakeDecoder } from "../testing/fakeDecoder";
import { memoryIndex } from "../testing/nodeSource";
import { targetRecipe } from "../testing/targetRecipe";
import type { Batch } from "./batch";
import { createDataBlock, type DataBlock } from "./dataBlock";

let device: Device;
beforeAll(async () => {
  device = await openCpu();
});
afterAll(() => device.close());

const free = (batch: Batch): void => [batch.x, batch.y, batch.weight].forEach((tensor) => tensor.dispose());

const MASKS = { kind: "mask", template: "labels/{stem}_P{suffix}", codes: "codes.txt" } as const;

describe("bad masks", () => {
  const grey = (width: number, height: number, value: number) =>
    encodePng({ width, height, channels: 1, data: new Uint8Array(width * height).fill(value) });
  const red = Uint8Array.from({ length: 192 }, (_, i) => (i % 3 === 0 ? 255 : 9));
  const colour = encodePng({ width: 8, height: 8, channels: 3, data: red });
  const indexed = encodePng({ width: 8, height: 8, channels: 1, data: new Uint8Array(64).fill(1), palette: Uint8Array.of(0, 0, 0, 255, 0, 0) }); // prettier-ignore
  type File = Uint8Array<ArrayBuffer> | Promise<Uint8Array<ArrayBuffer>>;

  async function made(masks: Record<string, File>, codes = "sky\nroad\n", labels = {}) {
    const names = Object.keys(masks);
    const picture = await grey(8, 8, 200);
    const files = await Promise.all(Object.values(masks));
    const index = await memoryIndex({
      ...Object.fromEntries([...names, "alone"].map((name) => [`images/${name}.png`, picture])),
      ...Object.fromEntries(names.map((name, i) => [`labels/${name}_P.png`, files[i] as Uint8Array<ArrayBuffer>])),
      "codes.txt": codes,
    });
    const recipe = targetRecipe(
      "segmentation",
      { items: { kind: "files", folder: "images" }, labels: { ...MASKS, ...labels }, batchSize: 1 },
      8,
    );
    return createDataBlock({ index, recipe, decoder: fakeDecoder() });
  }

  it("are named, each for its reason, and the rest goes on", async () => {
    const block = await made({
      good: grey(8, 8, 1),
      other: grey(8, 8, 0),
      small: grey(4, 4, 1),
      colour,
      wild: grey(8, 8, 77),
      torn: (await grey(8, 8, 1)).slice(0, 50),
    });
    const loaders = await block.loaders();
    const codes = block.report.problems.map(({ code, items }) => [code, items.map((item) => item.split(/[:/]/)[1])]);
    expect(Object.fromEntries(codes)).toMatchObject({
      MASK_MISSING: ["alone.png"],
      MASK_SIZE: ["small.png"],
      MASK_COLOUR: ["colour.png"],
      MASK_VALUES: ["wild.png"],
      MASK_UNREADABLE: ["torn.png"],
    });
    expect(loaders.train.items + (loaders.valid?.items ?? 0)).toBe(3);
  });

  it("are named whoever looks at them first", async () => {
    const block = await made({ good: grey(8, 8, 1), other: grey(8, 8, 0), wild: grey(8, 8, 77) });
    // The charts look at masks before everything is read.
    await block.look.labels();
    await block.loaders();
    const told = block.report.problems.filter(({ code }) => code === "MASK_VALUES").flatMap(({ items }) => items);
    expect(told).toContain("images/wild.png");
  });

  it("are settled at one press too where a first look at a few has missed them", async () => {
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`m${i}`, grey(8, 8, i % 2)] as const));
    const masks = { ...many, m13: grey(8, 8, 77), m17: colour };
    const block = await made(masks);
    expect(block.report.maskValues).toEqual([]);
    await block.loaders();
    expect(block.report.maskValues).toEqual([{ value: "77", masks: 1 }, { value: "#ff0909", masks: 1 }]);
    const { problems } = block.report.slots.find(({ slot }) => slot === "labels") ?? { problems: [] };
    expect(problems.map(({ code, items }) => [code, ...items])).toEqual([
      ["MASK_MISSING", "images/alone.png"],
      ["MASK_COLOUR", "images/m17.png: its mask labels/m17_P.png holds colours"],
      ["MASK_VALUES", "images/m13.png"],
    ]);
    const mend = problems.at(-1)?.mend[0];
    expect(mend?.label).toBe("They do not count");
    const values = mend?.action.do === "setRecipe" ? mend.action.value : [];
    const mended = await made(masks, "sky\nroad\n", { values });
    await mended.loaders();
    expect(mended.report.problems.map(({ code }) => code)).not.toContain("MASK_VALUES");
  }); // prettier-ignore

  it("may hold palettes, other values and colours, where the recipe says what they mean", async () => {
    const values = [
      { from: 0, to: 0 },
      { from: 255, to: 1 },
      { from: "#ff0909", to: 1 },
      { from: 9, to: -1 },
    ];
    const block = await made({ a: grey(8, 8, 255), b: grey(8, 8, 9), c: colour }, "sky\nroad\n", { values });
    const { train } = await block.loaders();
    const seen = new Map<string, number>();
    for await (const batch of train.epoch(0)) {
      const y = await readback(batch.y);
      expect(new Set(y).size).toBe(1);
      seen.set(block.itemPath(batch.items[0] as number), y[0] as number);
      free(batch);
    }
    expect(Object.fromEntries(seen)).toEqual({ "images/a.png": 1, "images/b.png": -1, "images/c.png": 1 });
    const { train: all } = await (await made({ p: indexed, q: indexed })).loaders();
    for await (const batch of all.epoch(0)) {
      expect(new Set(await readback(batch.y))).toEqual(new Set([1]));
      free(batch);
    }
  });

  it("say before anything is decoded what their values are, and take one press to mean it", async () => {
    const masks = { a: grey(8, 8, 255), b: grey(8, 8, 255), c: grey(8, 8, 0) };
    const block = await made(masks);
    expect(block.report.maskValues).toEqual([{ value: "255", masks: 2 }]);
    const wrong = block.report.problems.find(({ code }) => code === "MASK_VALUES");
    expect(wrong?.mend.map(({ label }) => label)).toEqual(["255 is road", "They do not count", "Look at the data"]);
    for (const [at, expected] of [[0, [0, 1, 1]], [1, [-1, -1, 0]]] as const) {
      const action = wrong?.mend[at]?.action;
      if (action?.do !== "setRecipe") throw new Error("no mend");
      const mended = await made(masks, "sky\nroad\n", { values: action.value });
      const { train } = await mended.loaders();
      const seen: number[] = [];
      for await (const batch of train.epoch(0)) {
        seen.push((await readback(batch.y))[0] as number);
        free(batch);
      }
      expect(mended.report.problems.map(({ code }) => code)).not.toContain("MASK_VALUES");
      expect(seen.sort((one, other) => one - other)).toEqual(expected);
    }
    const painted = await made({ a: colour, b: colour });
    expect(painted.report.maskValues).toEqual([{ value: "#ff0909", masks: 2 }]);
  }); // prettier-ignore

  /** What the first button of a problem writes into the labels. */
  function mendedBy(block: DataBlock, code: string) {
    const mend = block.report.problems.find((one) => one.code === code)?.mend[0];
    if (mend?.action.do !== "setRecipe") throw new Error(`no button for ${code}`);
    const field = mend.action.path.replace("data.labels.", "");
    return { label: mend.label, labels: { [field]: mend.action.value } };
  }

  it("of another size are scaled to their pictures at one press, those of another shape are not", async () => {
    // Half as wide and high: left half 0, right half 1.
    const half = encodePng({ width: 4, height: 4, channels: 1, data: Uint8Array.from({ length: 16 }, (_, i) => (i % 4 < 2 ? 0 : 1)) }); // prettier-ignore
    const masks = { half, good: grey(8, 8, 1), wide: grey(8, 4, 1), twice: grey(16, 16, 0) };
    const block = await made(masks);
    // The first look at the files tells it, before anything is decoded.
    const first = block.report.slots.find(({ slot }) => slot === "labels")?.problems ?? [];
    expect(first.map(({ code }) => code)).toEqual(["MASK_MISSING", "MASK_SIZE", "MASK_SHAPE"]);
    await block.loaders();
    const codes = (one: DataBlock) => Object.fromEntries(one.report.problems.map(({ code, items }) => [code, items.map((item) => item.split(/[:/]/)[1])])); // prettier-ignore
    expect(codes(block)).toMatchObject({ MASK_SIZE: ["half.png", "twice.png"], MASK_SHAPE: ["wide.png"] });
    const { label, labels } = mendedBy(block, "MASK_SIZE");
    expect(label).toBe("Scale them to their pictures");
    const mended = await made(masks, "sky\nroad\n", labels);
    const { train, valid } = await mended.loaders();
    expect(codes(mended)).toMatchObject({ MASK_SCALED: ["half.png", "twice.png"], MASK_SHAPE: ["wide.png"] });
    expect(codes(mended)).not.toHaveProperty("MASK_SIZE");
    const seen = new Map<string, readonly number[]>();
    for (const loader of [train, valid])
      for await (const batch of loader?.epoch(0) ?? []) {
        seen.set(mended.itemPath(batch.items[0] as number), [...(await readback(batch.y)).subarray(0, 8)]);
        free(batch);
      }
    expect(seen.get("images/half.png")).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
    expect(seen.get("images/twice.png")).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    expect(seen.size).toBe(3);
  });

  it("at half the size of odd sides, rounded either way, have their picture's shape; a strip cut off does not", async () => {
    const scaled = { otherSizes: "nearest" };
    const size = async (width: number, height: number) => {
      const picture = await grey(33, 17, 200);
      const index = await memoryIndex({ "images/a.png": picture, "images/b.png": picture, "labels/a_P.png": await grey(width, height, 1), "labels/b_P.png": await grey(33, 17, 1), "codes.txt": "sky\nroad\n" }); // prettier-ignore
      const recipe = targetRecipe("segmentation", { items: { kind: "files", folder: "images" }, labels: { ...MASKS, ...scaled } as typeof MASKS, split: { kind: "none" }, batchSize: 1 }, 8); // prettier-ignore
      const block = await createDataBlock({ index, recipe, decoder: fakeDecoder() });
      return (await block.loaders()).train.items;
    };
    expect(await Promise.all([size(16, 8), size(17, 9), size(16, 9), size(66, 34)])).toEqual([2, 2, 2, 2]);
    expect(await Promise.all([size(33, 15), size(31, 17), size(17, 33)])).toEqual([1, 1, 1]);
  });

  it("that are not there are left out, or stand for the background where there is such a class", async () => {
    const masks = { a: grey(8, 8, 1), b: grey(8, 8, 0), c: grey(8, 8, 1) };
    const plain = await made(masks);
    expect(plain.report.problems.find(({ code }) => code === "MASK_MISSING")?.mend.map(({ label }) => label)).toEqual(["Show them"]); // prettier-ignore
    const codes = "Background\ntumour\n";
    const block = await made(masks, codes);
    const { label, labels } = mendedBy(block, "MASK_MISSING");
    expect(label).toBe("They show only “Background”");
    const mended = await made(masks, codes, labels);
    const { train, valid } = await mended.loaders();
    expect(mended.report.problems.map(({ code }) => code)).not.toContain("MASK_MISSING");
    expect(mended.report.problems.find(({ code }) => code === "MASK_BLANK")).toMatchObject({
      severity: "note",
      detail: "Each of their pixels counts as “Background”.",
      items: ["images/alone.png"],
    });
    expect(train.items + (valid?.items ?? 0)).toBe(4);
    const seen = new Map<string, number>();
    for (const loader of [train, valid])
      for await (const batch of loader?.epoch(0) ?? []) {
        const y = await readback(batch.y);
        expect(new Set(y).size).toBe(1);
        seen.set(mended.itemPath(batch.items[0] as number), y[0] as number);
        free(batch);
      }
    expect(Object.fromEntries(seen)).toEqual({ "images/a.png": 1, "images/b.png": 0, "images/c.png": 1, "images/alone.png": 0 }); // prettier-ignore
    expect((await mended.look.unmatched()).map(({ title }) => title)).not.toContain("Pictures without a mask");
    const wrong = await made(masks, codes, { missing: "backdrop" });
    expect(wrong.report.problems.find(({ code }) => code === "MASK_MISSING")?.detail).toContain("No class is called “backdrop”"); // prettier-ignore
  });

  it("that are photographs are said to be some, and nobody is asked what their colours mean", async () => {
    const data = Uint8Array.from({ length: 20 * 20 * 3 }, (_, i) => (i % 3 === 0 ? (i / 3) % 20 : i % 3 === 1 ? Math.floor(i / 60) : 9));
    const photograph = await encodePng({ width: 20, height: 20, channels: 3, data });
    const plain = await grey(20, 20, 1);
    const index = await memoryIndex({
      ...Object.fromEntries(["a", "b", "c"].map((name) => [`images/${name}.png`, plain])),
      ...{ "labels/a_P.png": plain, "labels/b_P.png": photograph, "labels/c_P.png": plain, "codes.txt": "sky\nroad\n" },
    });
    const block = await createDataBlock({ index, recipe: targetRecipe("segmentation", { items: { kind: "files", folder: "images" }, labels: MASKS, batchSize: 1 }, 8), decoder: fakeDecoder() }); // prettier-ignore
    await block.loaders();
    expect(block.report.maskValues).toEqual([]);
    const told = block.report.problems.find(({ code }) => code === "MASK_COLOUR");
    expect(told?.items).toEqual(["images/b.png: its mask labels/b_P.png is a photograph: it holds 400 colours"]);
  }); // prettier-ignore

  it.each([
    ["", "CODES_EMPTY"],
    ["\n \n", "CODES_EMPTY"],
    ["sky\nsky\n", "CODES_TWICE"],
    [Array.from({ length: 300 }, (_, i) => `c${i}`).join("\n"), "CODES_MANY"],
  ])("are refused with codes %j", async (codes, code) => {
    const block = await made({ a: grey(8, 8, 1) }, codes);
    expect([block.report.ready, block.report.problems.map((one) => one.code)]).toEqual([false, [code]]);
  });

  it.each([
    ["their numbers", { a: grey(8, 8, 0), b: grey(8, 8, 2), c: grey(8, 8, 1) }, ["class 0", "class 1", "class 2"], [0, 1, 2]],
    ["the values that occur", { a: grey(8, 8, 0), b: grey(8, 8, 255) }, ["class 0", "class 255"], [0, 1]],
    ["their colours", { a: colour, b: colour }, ["#ff0909"], [0, 0]],
  ] as const)("without codes go on by %s, at one press", async (_by, masks, names, numbers) => {
    const [wrong] = (await made(masks, "")).report.problems;
    const mend = wrong?.mend[0];
    if (mend?.action.do !== "setRecipe") throw new Error("no mend");
    expect([wrong?.code, mend.label]).toEqual(["CODES_EMPTY", `Go on with ${names.length} numbered classes`]);
    const mended = await made(masks, "", mend.action.value as object);
    const { train, vocab } = await mended.loaders();
    const seen: number[] = [];
    for await (const batch of train.epoch(0)) {
      seen.push((await readback(batch.y))[0] as number);
      free(batch);
    }
    expect([vocab, seen.sort()]).toEqual([names, numbers]);
  }); // prettier-ignore

  it("leave nothing to train on where the template fits none of them", async () => {
    const block = await made({ a: grey(8, 8, 1) }, "sky\nroad", { template: "masks/{stem}.png" });
    expect(block.report.problems.map(({ code }) => code)).toEqual(["MASK_NONE"]);
  });
});
