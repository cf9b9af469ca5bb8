// Data blocks over real layouts and over odd ones, without decoding: counts, splits, problems and their mends.
import { describe, expect, it } from "vitest";
import { numpyPermutation } from "../base/numpyRandom";
import { ProblemError } from "../base/problem";
import type { Problem } from "../base/problem";
import { RECIPES } from "../spec/recipes";
import type { Recipe } from "../spec/recipe";
import { setPath } from "../spec/recipePath";
import { fakeDecoder } from "../testing/fakeDecoder";
import { memoryIndex, nodeIndex } from "../testing/nodeSource";
import { hasShared, sharedPath } from "../testing/shared";
import { createDataBlock } from "./dataBlock";
import { withSize } from "./withSize";
import { fitRecipe } from "./guess/fitRecipe";
import { guessBlocks } from "./guess/guess";
import type { FileIndex } from "./sources/fileIndex";
import { createTables } from "./tables";

const PNG = Uint8Array.from(
  atob("iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR4nGP4z8CAFWEXHbQSACj/P8Fu7N9hAAAAAElFTkSuQmCC"),
  (char) => char.charCodeAt(0),
);

const photos = RECIPES["photos"] as Recipe;
const small = (change: Partial<Recipe["data"]>): Recipe => ({
  ...photos,
  data: { ...photos.data, batchSize: 4, transforms: [{ kind: "resize", size: 8, method: "squish" }], ...change },
});
const build = (index: FileIndex, recipe: Recipe) => createDataBlock({ index, recipe, decoder: fakeDecoder() });
const folders = (counts: Record<string, number>, prefix = "") =>
  Object.fromEntries(
    Object.entries(counts).flatMap(([label, count]) =>
      Array.from({ length: count }, (_, i) => [`${prefix}${label}/${i}.png`, PNG] as const),
    ),
  );
const codes = (problems: readonly Problem[]): string[] => problems.map(({ code }) => code);
const table = { kind: "csvColumn", file: "l.csv", column: "file", folder: "", suffix: "" } as const;
const labels = { kind: "csvColumn", column: "label", delimiter: null } as const;

describe.skipIf(!hasShared)("blocks over real datasets", () => {
  it("splits planet_sample under seed 42 by numpy's permutation: 600 and 150", async () => {
    const index = await nodeIndex(sharedPath("data/planet_sample"));
    const recipe = fitRecipe(RECIPES["planet"] as Recipe, index, await guessBlocks(index, createTables(index)));
    const block = await build(index, recipe);
    expect(block.report).toMatchObject({ ready: true, items: 750, train: 600, valid: 150 });
    expect(block.report.vocab).toHaveLength(17);
    expect(block.report.histogram.find(({ label }) => label === "primary")).toEqual({
      label: "primary",
      train: expect.any(Number),
      valid: expect.any(Number),
    });
    const primary = block.report.histogram.find(({ label }) => label === "primary");
    expect((primary?.train ?? 0) + (primary?.valid ?? 0)).toBe(702);
    expect(block.itemPath(0)).toBe("train/train_21983.jpg");
    expect(block.itemLabels(0)).toEqual(["partly_cloudy", "primary"]);
  });

  it("counts cats_dogs by its folders and leaves mnist_tiny's test pictures out", async () => {
    const cats = await build(await nodeIndex(sharedPath("data/cats_dogs")), {
      ...photos,
      data: { ...photos.data, split: { kind: "folder", train: "train", valid: "valid" } },
    });
    expect(cats.report).toMatchObject({ ready: true, train: 352, valid: 88, vocab: ["cats", "dogs"] });
    const mnist = await build(await nodeIndex(sharedPath("data/mnist_tiny")), {
      ...photos,
      data: { ...photos.data, split: { kind: "folder", train: "train", valid: "valid" } },
    });
    expect(mnist.report).toMatchObject({ ready: true, train: 709, valid: 699, vocab: ["3", "7"] });
    expect(codes(mnist.report.problems)).toContain("SPLIT_UNUSED");
  });
});

describe("splits", () => {
  it("holds out the first int(valid·n) of numpy's permutation, in natural path order", async () => {
    const index = await memoryIndex(folders({ a: 12, b: 11 }));
    const { report } = await build(index, small({ split: { kind: "random", valid: 0.2, seed: 42 } }));
    const held = new Set(numpyPermutation(23, 42).slice(0, 4));
    const a = Array.from({ length: 12 }, (_, i) => i).filter((i) => held.has(i)).length;
    expect(report).toMatchObject({ train: 19, valid: 4 });
    expect(report.histogram[0]).toEqual({ label: "a", train: 12 - a, valid: a });
  });

  it("takes a seeded subset that is the same each time", async () => {
    const index = await memoryIndex(folders({ a: 40, b: 40 }));
    const paths = async () => {
      const block = await build(index, small({ limit: 10 }));
      return Array.from({ length: block.report.items }, (_, i) => block.itemPath(i));
    };
    const first = await paths();
    expect(first).toHaveLength(10);
    expect(await paths()).toEqual(first);
    expect([...first].sort()).not.toEqual(Object.keys(folders({ a: 10 })));
  });

  it("keeps the split at another size", async () => {
    const recipe = withSize(small({}), 16);
    expect(recipe.data.transforms).toEqual([{ kind: "resize", size: 16, method: "squish" }]);
    expect(recipe.data.split).toEqual(small({}).data.split);
  });

  it("says that no validation set is there, and the button mends it", async () => {
    const index = await memoryIndex(folders({ a: 8, b: 8 }, "train/"));
    const recipe = small({ split: { kind: "folder", train: "train", valid: "valid" } });
    const { report } = await build(
      await memoryIndex({ ...folders({ a: 8, b: 8 }, "train/"), "notes/x.png": PNG }),
      recipe,
    );
    const found = report.problems.find(({ code }) => code === "SPLIT_NO_VALID");
    const action = found?.mend[0]?.action;
    if (action?.do !== "setRecipe") throw new Error("no mend");
    const mended = await build(index, setPath(recipe, action.path, action.value) as Recipe);
    expect(mended.report).toMatchObject({ ready: true, train: 13, valid: 3 });
  });
});

describe("evened classes", () => {
  const withCallback = (callback: { kind: string; to?: string }): Recipe => {
    const recipe = small({ split: { kind: "none" } });
    return { ...recipe, train: { ...recipe.train, callbacks: [callback as { kind: string }] } };
  };

  it.each([
    [{ kind: "overSampling" }, 24, "6 steps"],
    [{ kind: "overSampling", to: "smallest" }, 8, "2 steps"],
  ])("count in the loader and in what is said of the batch: %j", async (callback, items, steps) => {
    const block = await build(await memoryIndex(folders({ a: 12, b: 4 })), withCallback(callback));
    expect(block.report.slots.find(({ slot }) => slot === "batch")?.detail).toContain(steps);
    const { train } = await block.loaders();
    expect([train.items, train.batches]).toEqual([items, Number(steps.split(" ")[0])]);
  });

  it("that leave less than a batch say so", async () => {
    const { report } = await build(
      await memoryIndex(folders({ a: 12, b: 1 })),
      withCallback({ kind: "overSampling", to: "smallest" }),
    );
    expect(codes(report.problems)).toContain("BATCH_TOO_LARGE");
  });
});

describe("problems", () => {
  it("names a single class, and the cards behind it wait", async () => {
    const { report } = await build(await memoryIndex(folders({ a: 8 })), small({}));
    expect(report.ready).toBe(false);
    expect(codes(report.problems)).toContain("CLASS_ONE");
    expect(report.slots.map(({ state }) => state)).toEqual(["ok", "ok", "error", "waiting", "waiting", "waiting"]);
    expect(report.slots[5]?.detail).toBe("Waits for labels.");
  });

  it("keeps the only picture of a class in training", async () => {
    const { report } = await build(await memoryIndex(folders({ a: 10, b: 10, c: 1 })), small({}));
    expect(report.histogram[2]).toEqual({ label: "c", train: 1, valid: 0 });
    expect(codes(report.problems)).toContain("CLASS_ONE_SAMPLE");
  });

  it("offers a batch that fits", async () => {
    const recipe = small({ batchSize: 64 });
    const index = await memoryIndex(folders({ a: 8, b: 8 }));
    const { report } = await build(index, recipe);
    const found = report.problems.find(({ code }) => code === "BATCH_TOO_LARGE");
    expect(found?.mend[0]?.label).toBe("Use batches of 8");
    const action = found?.mend[0]?.action;
    if (action?.do !== "setRecipe") throw new Error("no mend");
    expect((await build(index, setPath(recipe, action.path, action.value) as Recipe)).report.ready).toBe(true);
  });

  it("stops at a picture with two labels until the person decides", async () => {
    const files = { ...folders({ p: 12 }), "l.csv": "" };
    const rows = Array.from({ length: 12 }, (_, i) => `p/${i}.png,${i % 2 === 0 ? "x" : "y"}`);
    files["l.csv"] = ["file,label", ...rows, "p/0.png,y", "p/1.png,y", "gone.png,x", "../../etc/passwd,x"].join("\n");
    const index = await memoryIndex(files);
    const recipe = small({ items: table, labels });
    const { report } = await build(index, recipe);
    expect(report.ready).toBe(false);
    expect(codes(report.problems)).toEqual(["CSV_FILES_MISSING", "CSV_PATH", "CSV_CONFLICT", "CSV_DUPLICATE_ROWS"]);
    const conflict = report.problems.find(({ code }) => code === "CSV_CONFLICT");
    expect(conflict?.items).toEqual(["p/0.png"]);
    const counts = [];
    for (const mend of conflict?.mend ?? []) {
      if (mend.action.do !== "setRecipe") continue;
      const mended = await build(index, setPath(recipe, mend.action.path, mend.action.value) as Recipe);
      expect(mended.report.ready).toBe(true);
      counts.push(mended.report.items);
    }
    expect(counts).toEqual([11, 12]);
  });

  it("leaves pictures without a label out and names them", async () => {
    const rows = Array.from({ length: 12 }, (_, i) => `p/${i}.png,${["x", "y", " "][i % 3]}`);
    const files = { ...folders({ p: 12 }), "l.csv": ["file,label", ...rows].join("\n") };
    const { report } = await build(await memoryIndex(files), small({ items: table, labels }));
    expect(report.items).toBe(8);
    expect(report.problems.find(({ code }) => code === "LABEL_MISSING")?.total).toBe(4);
  });

  it("takes labels from a table for pictures that are found by folder", async () => {
    const rows = Array.from({ length: 12 }, (_, i) => `${i},${i % 2}`);
    const files = { ...folders({ p: 12 }), "l.csv": ["file,label", ...rows].join("\n") };
    const { report } = await build(
      await memoryIndex(files),
      small({ labels: { ...labels, file: "l.csv", nameColumn: "file" } }),
    );
    expect(report).toMatchObject({ ready: true, items: 12, vocab: ["0", "1"] });
  });

  it("treats labels that are names of object fields as any other, and points at lookalikes", async () => {
    const names = ["__proto__", "constructor", "toString", "Cat", "cat\u200b"];
    const rows = Array.from({ length: 20 }, (_, i) => `p/${i}.png,${names[i % 5]}`);
    const files = { ...folders({ p: 20 }), "l.csv": ["file,label", ...rows].join("\n") };
    const { report } = await build(await memoryIndex(files), small({ items: table, labels }));
    expect(report.vocab).toEqual([...names].sort());
    expect(report.histogram.every(({ train, valid }) => train + valid === 4)).toBe(true);
    expect(report.problems.find(({ code }) => code === "LABEL_LOOKALIKE")?.items).toEqual(["“Cat” / “cat[U+200B]”"]);
    expect(Object.keys({})).toEqual([]);
  });

  it("names the table or the column that is not there", async () => {
    const index = await memoryIndex({ ...folders({ a: 4, b: 4 }), "l.csv": "file,label\na/0.png,x" });
    const lost = await build(index, small({ items: { ...table, file: "lost.csv" }, labels }));
    expect(lost.report.problems.at(-1)).toMatchObject({ code: "CSV_NOT_FOUND", items: ["lost.csv"] });
    const column = await build(index, small({ items: { ...table, column: "path" }, labels }));
    expect(column.report.problems.at(-1)).toMatchObject({ code: "CSV_COLUMN", items: ["path"] });
  });
});

describe("loading", () => {
  it("lists unreadable pictures by name and reason and trains on the rest", async () => {
    const files = {
      ...folders({ a: 10, b: 10 }),
      "a/bad.png": PNG.slice(0, 40),
      "b/page.jpg": "<html>not found</html>",
    };
    const block = await build(await memoryIndex(files), small({}));
    const before = block.report.train + block.report.valid;
    await expect(block.loaders().then(({ vocab }) => vocab)).resolves.toEqual(["a", "b"]);
    expect(before).toBe(22);
    expect(block.report.train + block.report.valid).toBe(20);
    expect(block.report.skipped).toEqual([
      { path: "a/bad.png", code: "IMG_TRUNCATED", reason: "the file is cut off" },
      { path: "b/page.jpg", code: "IMG_NOT_IMAGE", reason: "it is a web page, likely saved in place of the picture" },
    ]);
    expect(block.report.slots[1]).toMatchObject({ state: "warning" });
    expect(block.report.stats?.mean).toHaveLength(3);
  });

  it("refuses with the reason where nothing can be read", async () => {
    const files = Object.fromEntries(["a", "b"].flatMap((l) => [1, 2, 3, 4].map((i) => [`${l}/${i}.png`, "<html>"])));
    const block = await build(await memoryIndex(files), small({}));
    await expect(block.loaders()).rejects.toSatisfy(
      (thrown) => thrown instanceof ProblemError && thrown.problem.code === "ITEMS_UNREADABLE",
    );
  });
});
