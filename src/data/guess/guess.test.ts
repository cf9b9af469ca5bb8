// Guesses on the layouts of real datasets and on small made-up ones.
import { describe, expect, it } from "vitest";
import { hasShared, readShared, sharedPath } from "../../testing/shared";
import { memoryIndex, nodeIndex } from "../../testing/nodeSource";
import { RECIPES } from "../../spec/recipes";
import type { Recipe } from "../../spec/recipe";
import { createTables } from "../tables";
import { fitRecipe } from "./fitRecipe";
import { guessBlocks } from "./guess";

const onDisk = async (name: string) => {
  const index = await nodeIndex(sharedPath(`data/${name}`));
  return { index, guesses: await guessBlocks(index, createTables(index)) };
};
const inMemory = async (files: Record<string, string>) => {
  const index = await memoryIndex(files);
  return { index, guesses: await guessBlocks(index, createTables(index)) };
};
const pictures = (paths: readonly string[]): Record<string, string> =>
  Object.fromEntries(paths.map((path) => [path, ""]));

describe.skipIf(!hasShared)("guesses on real datasets", () => {
  it("reads planet_sample by its table: 17 tags, 750 images", async () => {
    const { guesses } = await onDisk("planet_sample");
    expect(guesses[0]).toMatchObject({
      task: "multiLabel",
      title: "Looks like image classification by the table labels.csv: 17 tags, 750 images.",
      data: {
        items: { kind: "csvColumn", file: "labels.csv", column: "image_name", folder: "train", suffix: ".jpg" },
        labels: { kind: "csvColumn", column: "tags", delimiter: " " },
        split: { kind: "random", valid: 0.2, seed: 42 },
      },
    });
  });

  it("fits the planet recipe to planet_sample's names and keeps its split", async () => {
    const { index, guesses } = await onDisk("planet_sample");
    const fitted = fitRecipe(RECIPES["planet"] as Recipe, index, guesses);
    expect(fitted.data.items).toMatchObject({ file: "labels.csv", folder: "train" });
    expect(fitted.data.split).toEqual(RECIPES["planet"]?.data.split);
    expect(fitted.data.batchSize).toBe(64);
  });

  it.each([
    ["biwi_like", "headpose", { labels: { kind: "pose" }, split: { kind: "group", by: "folder" } }],
    ["faces_kpts", "headpose", { labels: { kind: "pointColumns" }, split: { kind: "listFile", file: "valid.txt" } }],
    ["ucr/GunPoint", "timeseries", { items: { kind: "series" }, split: { kind: "regex", pattern: "GunPoint_TEST\\.tsv" } }],
  ])("fits a lesson's recipe to %s, split included", async (name, recipe, data) => {
    const { index, guesses } = await onDisk(name);
    const fitted = fitRecipe(RECIPES[recipe] as Recipe, index, guesses);
    expect(fitted.data).toMatchObject(data);
    expect(fitted.data.split).not.toHaveProperty("groups");
  }); // prettier-ignore

  it("does not mirror several points, and mirrors one", async () => {
    const kinds = async (name: string) => (await onDisk(name)).guesses[0]?.data.augment?.map(({ kind }) => kind);
    expect(await kinds("faces_kpts")).toEqual(["symmetricWarp", "rotate", "zoom", "brightness", "contrast"]);
    expect(await kinds("biwi_like")).toContain("flip");
  });

  it("reads cats_dogs by folder, split by train and valid", async () => {
    const { guesses } = await onDisk("cats_dogs");
    expect(guesses[0]).toMatchObject({
      title: "Looks like image classification by folder: 2 classes, 440 images.",
      data: { labels: { kind: "parentFolder" }, split: { kind: "folder", train: "train", valid: "valid" } },
    });
  });

  it("prefers mnist_tiny's folders to its table, and leaves the unlabelled test pictures out", async () => {
    const { guesses } = await onDisk("mnist_tiny");
    expect(guesses.map(({ id }) => id)).toEqual(["folders", "table:labels.csv", "numbers:labels.csv"]);
    expect(guesses[0]?.title).toBe("Looks like image classification by folder: 2 classes, 1,408 images.");
    expect(guesses[1]?.data.items).toMatchObject({ column: "name", folder: "", suffix: "" });
    expect(guesses[1]?.data.split).toEqual({ kind: "folder", train: "train", valid: "valid" });
  });

  it("takes cifar10_subset's test folder for validation", async () => {
    const { guesses } = await onDisk("cifar10_subset");
    expect(guesses[0]?.title).toBe("Looks like image classification by folder: 10 classes, 3,600 images.");
    expect(guesses[0]?.data.split).toEqual({ kind: "folder", train: "train", valid: "test" });
  });

  it.each([
    ["camvid", { kind: "mask", template: "labels/{stem}_P.png", codes: "codes.txt" }, { kind: "listFile", file: "valid.txt" }],
    ["camvid_tiny", { kind: "mask", template: "labels/{stem}_P.png", codes: "codes.txt" }, { kind: "random" }],
    ["biwi_like", { kind: "pose", strip: "_rgb" }, { kind: "group", by: "folder", level: 1 }],
    ["faces_kpts", { kind: "pointColumns", columns: [], order: "xy" }, { kind: "listFile", file: "valid.txt" }],
    ["imdb_folder", { kind: "parentFolder" }, { kind: "folder", train: "train", valid: "test" }],
    ["imdb_sample", { kind: "csvColumn", column: "label" }, { kind: "column", column: "is_valid" }],
    ["ucr", { kind: "rowClass" }, { kind: "regex", pattern: "ArrowHead_TEST\\.tsv" }],
    ["ucr/GunPoint", { kind: "rowClass" }, { kind: "regex", pattern: "GunPoint_TEST\\.tsv" }],
  ])("reads %s right without a click", async (name, labels, split) => {
    const { guesses } = await onDisk(name);
    expect(guesses[0]?.data).toMatchObject({ labels, split });
  }); // prettier-ignore

  it.each([
    ["camvid", 96, 128],
    ["camvid_tiny", 48, 64],
  ])("keeps the proportions of %s, every pixel, and leaves Void out of the scores", async (name, size, width) => {
    const { guesses } = await onDisk(name);
    expect(guesses[0]).toMatchObject({
      voidClass: "Void",
      data: { transforms: [{ kind: "resize", size, width, method: "squish" }], batchSize: 8 },
    });
  });

  it.each([
    ["camvid", "segmentation", "Looks like segmentation: 84 images in images, each with a mask in labels."],
    ["biwi_like", "points", "Looks like head poses: 151 images with the centre of the head on each."],
    ["faces_kpts", "points", "Looks like points on pictures by the table keypoints.csv: 68 points, 240 images."],
    ["imdb_folder", "singleLabel", "Looks like texts by folder: 2 classes, 1,700 texts."],
    ["imdb_sample", "singleLabel", "Looks like texts in the table texts.csv: 2 classes, 1,000 texts."],
    ["ucr", "singleLabel", "Looks like time series in ArrowHead: 3 classes, 211 series of 251 numbers."],
  ])("says what %s is", async (name, task, title) => {
    const { guesses } = await onDisk(name);
    expect([guesses[0]?.task, guesses[0]?.title]).toEqual([task, title]);
  });
});

describe.skipIf(!hasShared)("masks without a list of names", () => {
  it("go by the values that they hold", async () => {
    const whole = await nodeIndex(sharedPath("data/camvid_tiny"));
    const some = whole.paths.filter((path) => path.endsWith(".png")).filter((path) => /0001TP/.test(path));
    const files = await Promise.all(some.map(async (path) => [path, new Uint8Array(await readShared(`data/camvid_tiny/${path}`))] as const)); // prettier-ignore
    const index = await memoryIndex(Object.fromEntries(files));
    const [best] = await guessBlocks(index, createTables(index));
    expect(best?.task).toBe("segmentation");
    // Void is number 30 of the 32, and walls are rare.
    expect(best?.data.labels).toMatchObject({ kind: "mask", codes: "" });
    const classes = best?.data.labels.kind === "mask" ? (best.data.labels.classes ?? []) : [];
    expect([classes[0], classes.length]).toEqual(["class 0", expect.closeTo(32, -1)]);
    // The same pictures twice are no masks of each other.
    const twice = Object.fromEntries(files.flatMap(([path, bytes]) => (path.startsWith("images/") ? [[path, bytes], [path.replace("images/", "labels/"), bytes]] as const : []))); // prettier-ignore
    const photographs = await memoryIndex(twice);
    expect((await guessBlocks(photographs, createTables(photographs)))[0]?.task).toBe("singleLabel");
  });
});

describe.skipIf(!hasShared)("answers that some pictures lack", () => {
  const without = async (name: string, gone: (path: string, i: number) => boolean) => {
    const whole = await nodeIndex(sharedPath(`data/${name}`));
    const paths = whole.paths.filter((path, i) => !gone(path, i));
    const files = await Promise.all(paths.map(async (path) => [path, new Uint8Array(await readShared(`data/${name}/${path}`))] as const)); // prettier-ignore
    const index = await memoryIndex(Object.fromEntries(files));
    return (await guessBlocks(index, createTables(index)))[0];
  };

  it("make segmentation no less likely than pictures by the folders images and labels", async () => {
    const best = await without("camvid_tiny", (path, i) => path.startsWith("labels/") && i % 3 === 0);
    expect(best?.title).toBe("Looks like segmentation: 100 images in images, most with a mask in labels.");
  });

  it("make poses no less likely than pictures by the folder of each person", async () => {
    const best = await without("biwi_like", (path, i) => path.endsWith("_pose.txt") && i % 6 === 0);
    expect(best?.task).toBe("points");
  });
});

describe("guesses on small layouts", () => {
  it("resizes series that all have lengths of their own, and leaves those alone of which few do", async () => {
    const row = (label: number, length: number): string => [label, ...Array.from({ length }, (_, i) => i / 2)].join("\t");
    const own = await inMemory({ "Calls_TRAIN.tsv": [9, 12, 15, 20, 11, 20].map((length, i) => row(i % 2, length)).join("\n") });
    expect(own.guesses[0]).toMatchObject({
      title: "Looks like time series in Calls: 2 classes, 6 series of 9 to 20 numbers.",
      data: { items: { kind: "series", otherLengths: "linear", length: 20 } },
    });
    expect(own.guesses[0]?.evidence).toContain("They differ in length, so each is resized to 20 numbers.");
    const few = await inMemory({ "Calls_TRAIN.tsv": [20, 20, 20, 12, 20, 20].map((length, i) => row(i % 2, length)).join("\n") });
    expect(few.guesses[0]?.title).toMatch(/6 series of 20 numbers/);
    expect(few.guesses[0]?.data.items).not.toHaveProperty("otherLengths");
  }); // prettier-ignore

  it("reads Planet's own layout", async () => {
    const tags = ["clear", "primary", "road", "water"];
    const rows = Array.from(
      { length: 40 },
      (_, i) => `train_${i},${tags.filter((_, bit) => ((i % 15) + 1) & (1 << bit)).join(" ")}`,
    );
    const { guesses } = await inMemory({
      "planet/train_v2.csv": `image_name,tags\n${rows.join("\n")}\n`,
      ...pictures(rows.map((_, i) => `planet/train-jpg/train_${i}.jpg`)),
    });
    expect(guesses[0]?.data.items).toEqual({
      kind: "csvColumn",
      file: "train_v2.csv",
      column: "image_name",
      folder: "train-jpg",
      suffix: ".jpg",
    });
    expect(guesses[0]?.data.labels).toEqual({ kind: "csvColumn", column: "tags", delimiter: " " });
  });

  it.each([
    ["nose_x,nose_y", "points"],
    ["x,y", "points"],
    ["grade,shelf", "singleLabel"],
  ])(
    "takes small whole numbers that come back for points where their columns are called so: %s",
    async (columns, task) => {
      const rows = Array.from({ length: 40 }, (_, i) => `${i}.png,${i % 8},${i % 5}`);
      const { guesses } = await inMemory({ "p/t.csv": [`name,${columns}`, ...rows].join("\n"), ...pictures(rows.map((_, i) => `p/${i}.png`)) }); // prettier-ignore
      expect(guesses[0]?.task).toBe(task);
    },
  );

  it("reads plain folders with a random split", async () => {
    const { guesses } = await inMemory(
      pictures(["a b", "c"].flatMap((label) => [1, 2, 3].map((i) => `pets/${label}/${i}.png`))),
    );
    expect(guesses[0]?.title).toBe("Looks like image classification by folder: 2 classes, 6 images.");
    expect(guesses[0]?.data.split).toMatchObject({ kind: "random" });
  });

  it("keeps names with blanks whole: golden retriever is one label", async () => {
    const breeds = ["golden retriever", "great dane", "old english sheepdog", "pug"];
    const rows = Array.from({ length: 40 }, (_, i) => `${i}.jpg,${breeds[i % 4]}`);
    const { guesses } = await inMemory({
      "labels.csv": `id,breed\n${rows.join("\n")}`,
      ...pictures(rows.map((_, i) => `images/${i}.jpg`)),
    });
    expect(guesses[0]).toMatchObject({
      task: "singleLabel",
      data: { items: { folder: "images", suffix: "" }, labels: { column: "breed", delimiter: null } },
    });
  });

  it.each([
    ["age", (i: number) => 20 + 4 * (i % 12)],
    ["measured", (i: number) => (i % 12) + 0.25],
  ])("takes few different numbers for numbers where the column %s holds a quantity, and says their range", async (name, value) => {
    const rows = Array.from({ length: 60 }, (_, i) => `${i}.png,${value(i)}`);
    const { guesses } = await inMemory({ "t.csv": [`name,${name}`, ...rows].join("\n"), ...pictures(rows.map((_, i) => `${i}.png`)) });
    expect(guesses[0]).toMatchObject({ task: "regression", data: { labels: { kind: "floatColumns", columns: [name] } } });
    const [low, high] = guesses[0]?.yRange ?? [NaN, NaN];
    expect([low < value(0), high > value(11)]).toEqual([true, true]);
  }); // prettier-ignore

  it("says so where nothing looks like labels", async () => {
    const { guesses } = await inMemory(pictures(["1.jpg", "2.jpg"]));
    expect(guesses).toHaveLength(1);
    expect(guesses[0]?.title).toBe("2 images, but nothing that looks like labels.");
  });
});
