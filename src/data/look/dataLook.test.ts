// Looking into blocks: items by number, the very tensors of training, what charts draw, what has no partner.
import { beforeAll, describe, expect, it, vi } from "vitest";
import { RECIPES } from "../../spec/recipes";
import type { BatchValues, ItemQuery } from "../../spec/dataLook";
import type { Recipe } from "../../spec/recipe";
import { setPath } from "../../spec/recipePath";
import { readback } from "../../tensor/readback";
import { openCpu } from "../../testing/cpuDevice";
import { fakeDecoder } from "../../testing/fakeDecoder";
import { memoryIndex, nodeIndex } from "../../testing/nodeSource";
import { hasShared, sharedPath } from "../../testing/shared";
import { stopwatch } from "../../testing/stopwatch";
import { createDataBlock } from "../dataBlock";
import { fitRecipe } from "../guess/fitRecipe";
import { guessBlocks } from "../guess/guess";
import { createTables } from "../tables";
import { channelFacts, tensorFacts } from "./tensorFacts";

const PNG = Uint8Array.from(
  atob("iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR4nGP4z8CAFWEXHbQSACj/P8Fu7N9hAAAAAElFTkSuQmCC"),
  (char) => char.charCodeAt(0),
);
const photos = RECIPES["photos"] as Recipe;
const small = (change: Partial<Recipe["data"]>, task: Recipe["task"] = "singleLabel"): Recipe => ({
  ...photos,
  task,
  data: { ...photos.data, batchSize: 4, transforms: [{ kind: "resize", size: 8, method: "squish" }], ...change },
});
const blockOf = async (files: Record<string, string | Uint8Array<ArrayBuffer>>, recipe: Recipe) =>
  createDataBlock({ index: await memoryIndex(files), recipe, decoder: fakeDecoder() });
const pictures = (paths: readonly string[]) => Object.fromEntries(paths.map((path) => [path, PNG] as const));
const folders = (counts: Record<string, number>) =>
  pictures(
    Object.entries(counts).flatMap(([label, count]) => Array.from({ length: count }, (_, i) => `${label}/${i}.png`)),
  );
const ask = (change: Partial<ItemQuery>): ItemQuery => ({
  set: "all",
  name: "",
  labels: [],
  value: null,
  only: null,
  ...change,
});

beforeAll(async () => {
  await openCpu();
  // What Node lacks of pictures: a bitmap is its size and its pixels.
  vi.stubGlobal(
    "ImageData",
    function (this: Record<string, unknown>, data: Uint8ClampedArray, width: number, height: number) {
      Object.assign(this, { data, width, height });
    },
  );
  vi.stubGlobal("createImageBitmap", (image: unknown) => Promise.resolve(image));
});

describe("items by number", () => {
  const recipe = small({ split: { kind: "random", valid: 0.25, seed: 42 } });

  it("count through each set as the datasets do, and are found by name and label", async () => {
    const { look, report } = await blockOf(folders({ cat: 12, dog: 8 }), recipe);
    const train = [...look.list(ask({ set: "train" }))];
    const valid = [...look.list(ask({ set: "valid" }))];
    expect([train.length, valid.length]).toEqual([report.train, report.valid]);
    expect(look.facts(train).map(({ at }) => at)).toEqual(train.map((_, i) => i));
    expect([...train, ...valid].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i));
    const dogs = look.facts([...look.list(ask({ labels: ["dog"] }))]);
    expect(dogs.map(({ labels }) => labels)).toEqual(Array.from({ length: 8 }, () => ["dog"]));
    expect(look.facts([...look.list(ask({ name: "CAT/1" }))]).map(({ path }) => path)).toEqual(["cat/1.png", "cat/10.png", "cat/11.png"]); // prettier-ignore
    expect([...look.list(ask({ only: [3, 1, 99, -1] }))]).toEqual([3, 1]);
    expect(look.facts([99])).toEqual([]);
  });

  it("are listed by a hundred thousand in a moment", async () => {
    const paths = Array.from({ length: 100_000 }, (_, i) => `${i % 7}/${i}.png`);
    const { look } = await blockOf(pictures(paths), recipe);
    look.list(ask({}));
    const took = stopwatch();
    expect(look.list(ask({ set: "train", name: "999" })).length).toBeGreaterThan(50);
    const ms = took();
    console.log(`100,000 items searched in ${ms.toFixed(0)} ms`);
    expect(ms).toBeLessThan(500);
  });

  it("are found by the number that they are answered with", async () => {
    const rows = Array.from({ length: 12 }, (_, i) => `${i}.png,${i / 2}`);
    const { look } = await blockOf(
      { ...pictures(Array.from({ length: 12 }, (_, i) => `${i}.png`)), "a.csv": ["file,age", ...rows].join("\n") },
      small({ labels: { kind: "floatColumns", file: "a.csv", columns: ["age"] } }, "regression"),
    );
    const between = (last: boolean) => [...look.list(ask({ value: { at: 0, from: 1, to: 2, last } }))];
    expect([between(false), between(true)]).toEqual([[2, 3], [2, 3, 4]]); // prettier-ignore
    const facts = await look.labels();
    expect(facts).toMatchObject({ kind: "values", names: ["age"] });
    expect(facts.kind === "values" && [...facts.values]).toEqual(rows.map((_, i) => i / 2));
  });

  it("show the values that the model gets, normalised, and the class's number", async () => {
    const { look } = await blockOf(folders({ cat: 12, dog: 8 }), {
      ...recipe,
      data: { ...recipe.data, normalize: "none" },
    });
    const dog = look.list(ask({ labels: ["dog"] }))[0] ?? -1;
    const shown = await look.item(dog);
    expect(shown).toMatchObject({ path: "dog/0.png", file: "PNG, 8 × 8 pixels", bytes: PNG.length, values: [1] });
    expect(shown?.x).toMatchObject({ shape: [8, 8, 3], dtype: "float32", odd: 0 });
    expect(shown?.y).toMatchObject({ shape: [], dtype: "int32", min: 1, max: 1 });
    const pixels = shown?.image as unknown as ImageData;
    expect((shown?.x?.max ?? 0) * 255).toBeCloseTo(Math.max(...pixels.data.filter((_, i) => i % 4 < 3)), 3);
    expect(await look.item(999)).toBeNull();
  });
});

describe("a batch", () => {
  const recipe = small({ batchSize: 6, split: { kind: "random", valid: 0.25, seed: 42 } });
  const taken = async (
    look: Awaited<ReturnType<typeof blockOf>>["look"],
    set: "train" | "valid",
    epoch: number,
    batch: number,
  ) => {
    const found = await look.batch({ set, epoch, batch });
    if (!found.ok) throw new Error(found.error.code);
    return found.value;
  };
  const items = ({ slots }: BatchValues): number[] => slots.map(({ item }) => item);

  it("holds the items, and the numbers, of the batch that training takes", async () => {
    const block = await blockOf(folders({ cat: 24, dog: 8 }), recipe);
    const { train } = await block.loaders();
    const shown = await taken(block.look, "train", 1, 2);
    expect(shown).toMatchObject({ batches: 4, padding: 0, dropped: 0, exact: true, request: { batch: 2 } });
    for await (const batch of train.epoch(1, { fromBatch: 2 })) {
      expect(items(shown)).toEqual([...batch.items]);
      const x = await readback(batch.x);
      expect(shown.x).toEqual(tensorFacts(x, [6, 8, 8, 3], "float32"));
      expect(shown.channels).toEqual(channelFacts(x, [6, 8, 8, 3], 6));
      expect(shown.slots.map(({ values }) => values[0])).toEqual([...(await readback(batch.y))]);
      break;
    }
    expect(items(await taken(block.look, "train", 0, 2))).not.toEqual(items(shown));
    expect(items(await taken(block.look, "train", 1, 99))).toEqual(items(await taken(block.look, "train", 1, 3)));
  });

  it("of validation is padded with items that weigh nothing", async () => {
    const { look } = await blockOf(folders({ cat: 24, dog: 8 }), recipe);
    const last = await taken(look, "valid", 0, 1);
    expect(last).toMatchObject({ batches: 2, padding: 4 });
    expect(last.slots.map(({ weight }) => weight)).toEqual([1, 1, 0, 0, 0, 0]);
    expect(items(last).slice(2)).toEqual([-1, -1, -1, -1]);
  });

  it("says in words why there is none", async () => {
    const { look } = await blockOf(folders({ cat: 3, dog: 2 }), recipe);
    expect(await look.batch({ set: "train", epoch: 0, batch: 0 })).toMatchObject({ ok: false, error: { code: "BATCH_TOO_LARGE" } }); // prettier-ignore
  });

  it("of a block too large to be read at once passes over what cannot be read, and says that it is not final", async () => {
    const many = Array.from({ length: 1200 }, (_, i) => `${i % 2 ? "cat" : "dog"}/${i}.png`);
    const files = { ...pictures(many), "dog/0.png": "no picture", "cat/1.png": "no picture" };
    const { look } = await blockOf(files, { ...recipe, data: { ...recipe.data, split: { kind: "none" } } });
    const paths: string[] = [];
    for (let batch = 0; batch < 199; batch += 33) {
      const shown = await taken(look, "train", 0, batch);
      expect(shown.exact).toBe(false);
      paths.push(...look.facts(items(shown)).map(({ path }) => path));
    }
    expect(paths.length).toBe(7 * 6);
    expect(paths).not.toContain("dog/0.png");
  });
});

describe("charts", () => {
  it("count which tags occur together, the commonest first", async () => {
    const names = ["a b", "a", "a b c", "b", "a c", "a b"];
    const rows = names.map((tags, i) => `${i}.png,${tags}`);
    const { look } = await blockOf(
      { ...pictures(names.map((_, i) => `${i}.png`)), "l.csv": ["file,tags", ...rows].join("\n") },
      small(
        {
          batchSize: 2,
          items: { kind: "csvColumn", file: "l.csv", column: "file", folder: "", suffix: "" },
          labels: { kind: "csvColumn", column: "tags", delimiter: " " },
        },
        "multiLabel",
      ),
    );
    expect(await look.labels()).toEqual({ kind: "together", labels: ["a", "b", "c"], counts: Int32Array.from([5, 3, 2, 3, 4, 1, 2, 1, 2]), all: 3 }); // prettier-ignore
  });

  it("lay shapes around their middle and bring them to one size, so that they compare", async () => {
    const shape = [0, 0, 0, 2, 2, 1];
    const rows = [1, 3].map((size, i) => `${i}.png,${shape.map((v) => 5 * i + v * size).join()}`);
    const points = pictures(["0.png", "1.png"]);
    const { look } = await blockOf(
      { ...points, "p.csv": ["file,y1,x1,y2,x2,y3,x3", ...rows].join("\n") },
      small({ batchSize: 1, labels: { kind: "pointColumns", file: "p.csv", columns: [], order: "yx" }, split: { kind: "none" } }, "points"), // prettier-ignore
    );
    const facts = await look.labels();
    if (facts.kind !== "points") throw new Error(facts.kind);
    expect(facts.names).toHaveLength(3);
    // Both are the same triangle: so is their mean, and it fills the box.
    [...facts.mean].forEach((value, i) => expect(value).toBeCloseTo((shape[i] ?? 0) / 2, 5));
    [...facts.some].forEach((value, i) => expect(value).toBeCloseTo(facts.mean[i % 6] ?? 0, 5));
    expect(facts.aspect).toBeCloseTo(1, 5);
  });

  it("tell how much of the masks each class covers", async () => {
    const names = Array.from({ length: 6 }, (_, i) => i);
    const files = pictures([...names.map((i) => `images/${i}.png`), ...names.map((i) => `labels/${i}_P.png`)]);
    const { look } = await blockOf(
      { ...files, "codes.txt": "a\nb\nc\nd" },
      small(
        {
          batchSize: 2,
          items: { kind: "files", folder: "images" },
          labels: { kind: "mask", template: "labels/{stem}_P{suffix}", codes: "codes.txt", values: [{ from: "#ff0000", to: 3 }] }, // prettier-ignore
        },
        "segmentation",
      ),
    );
    const shown = await look.labels();
    expect(shown).toMatchObject({ kind: "areas", names: ["a", "b", "c", "d"], shares: [0, 0, 0, 1] });
    if (shown.kind === "areas") expect(shown.masks).toEqual([0, 0, 0, shown.looked]);
  });

  it("read sizes from headers, and zeros where there is none", async () => {
    const { look } = await blockOf({ ...folders({ cat: 3, dog: 3 }), "cat/1.png": "broken" }, small({}));
    expect([...(await look.sizes([0, 1, 2]))]).toEqual([8, 8, 0, 0, 8, 8]);
  });
});

describe("what has no partner", () => {
  const csv = { kind: "csvColumn", file: "l.csv", column: "file", folder: "train", suffix: ".png" } as const;
  const labels = { kind: "csvColumn", column: "label", delimiter: null } as const;
  const table = ["file,label", ...Array.from({ length: 8 }, (_, i) => `p${i},${i % 2 ? "x" : "y"}`)].join("\n");
  const groups = async (files: Record<string, string | Uint8Array<ArrayBuffer>>, recipe: Recipe) =>
    (await blockOf(files, recipe)).look.unmatched();

  it("is said of rows and of pictures, in full", async () => {
    const there = pictures([0, 1, 2, 3, 4, 9].map((i) => `train/p${i}.png`));
    const found = await groups({ ...there, "l.csv": table }, small({ items: csv, labels }));
    expect(found.map(({ title, names }) => [title, names])).toEqual([
      ["Rows without a picture", ["p5", "p6", "p7"]],
      ["Pictures without a row", ["train/p9.png"]],
    ]);
  });

  it("comes with the folder and ending where most of the pictures lie", async () => {
    const files = {
      ...pictures(Array.from({ length: 7 }, (_, i) => `jpgs/p${i}.jpg`)),
      ...pictures(["train/p7.png"]),
      "l.csv": table,
    };
    const recipe = small({ items: csv, labels });
    const [rows] = await groups(files, recipe);
    const action = rows?.mend[0]?.action;
    if (action?.do !== "setRecipe") throw new Error("no mend");
    expect(await groups(files, setPath(recipe, action.path, action.value) as Recipe)).toMatchObject([{ title: "Rows without a picture", names: ["p7"] }]); // prettier-ignore
  });

  it("is said of label tables beside files, and of masks", async () => {
    const files = { ...pictures(["a/p0.png", "a/p1.png", "a/p8.png"]), "l.csv": table };
    const found = await groups(files, small({ labels: { ...labels, file: "l.csv" } }));
    expect(found.map(({ title, names }) => [title, names.length])).toEqual([
      ["Rows without a picture", 6],
      ["Pictures without a row", 1],
    ]);
    const masks = await groups(
      {
        ...pictures(["images/1.png", "images/2.png", "labels/1_P.png", "labels/3_P.png", "labels/notes.png"]),
        "codes.txt": "a\nb",
      },
      small(
        {
          items: { kind: "files", folder: "images" },
          labels: { kind: "mask", template: "labels/{stem}_P{suffix}", codes: "codes.txt" },
        },
        "segmentation",
      ),
    );
    expect(masks.map(({ title, names }) => [title, names])).toEqual([
      ["Pictures without a mask", ["images/2.png"]],
      ["Masks without a picture", ["labels/3_P.png"]],
    ]);
    expect(masks.map(({ mend }) => mend.map(({ action }) => action.do))).toEqual([["openScreen"], ["chooseFiles"]]);
  });

  it("takes the pictures of spare masks in, where they lie in another folder", async () => {
    const stems = ["train/1", "train/2", "val/3", "val/4"];
    const files = {
      ...pictures([...stems.map((stem) => `images/${stem}.png`), ...["1", "2", "3", "4", "5"].map((stem) => `labels/${stem}_P.png`)]), // prettier-ignore
      "codes.txt": "a\nb",
    };
    const recipe = small(
      {
        items: { kind: "files", folder: "images/train" },
        labels: { kind: "mask", template: "labels/{stem}_P{suffix}", codes: "codes.txt" },
      },
      "segmentation",
    );
    const [spare] = await groups(files, recipe);
    expect(spare).toMatchObject({ title: "Masks without a picture", names: ["labels/3_P.png", "labels/4_P.png", "labels/5_P.png"] }); // prettier-ignore
    const mend = spare?.mend[0];
    if (mend?.action.do !== "setRecipe") throw new Error("no mend");
    expect(mend.label).toBe("Take all pictures of images (2 more)");
    const mended = setPath(recipe, mend.action.path, mend.action.value) as Recipe;
    expect((await blockOf(files, mended)).report.items).toBe(4);
    expect(await groups(files, mended)).toMatchObject([{ title: "Masks without a picture", names: ["labels/5_P.png"] }]); // prettier-ignore
  });

  it("is nothing for folders", async () => {
    expect(await groups(folders({ a: 3, b: 3 }), small({}))).toEqual([]);
  });

  it.skipIf(!hasShared)("is nothing in the lessons' data", async () => {
    for (const [folder, id] of [["planet_sample", "planet"], ["camvid_tiny", "camvid"], ["biwi_like", "biwi"]] as const) {
      const index = await nodeIndex(sharedPath(`data/${folder}`));
      const recipe = fitRecipe(RECIPES[id] ?? photos, index, await guessBlocks(index, createTables(index)));
      const { look } = await createDataBlock({ index, recipe, decoder: fakeDecoder() });
      expect([folder, (await look.unmatched()).map(({ title, names }) => `${title}: ${names.length} ${names[0]}`)]).toEqual([folder, []]);
    } // prettier-ignore
  });
});
