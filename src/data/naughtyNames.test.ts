// The big list of naughty strings as names of classes, and foreign recipes: data in, the same data or a refusal out.
import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseRecipe } from "../spec/parseRecipe";
import { PROBLEMS } from "../spec/problems";
import { recipeFromHash } from "../spec/recipeLink";
import { RECIPES } from "../spec/recipes";
import type { Recipe } from "../spec/recipe";
import { fakeDecoder } from "../testing/fakeDecoder";
import { memoryIndex } from "../testing/nodeSource";
import { hasShared, readSharedJson, readSharedText, sharedPath } from "../testing/shared";
import { stopwatch } from "../testing/stopwatch";
import { createDataBlock } from "./dataBlock";
import { guessBlocks } from "./guess/guess";
import { createTables } from "./tables";

const globals = (): string =>
  JSON.stringify([Object.prototype, Array.prototype, String.prototype].map((one) => Object.getOwnPropertyNames(one)));

describe.skipIf(!hasShared)("names", () => {
  it("of every kind are classes of their own, as folders and in a table", async () => {
    const before = globals();
    const strings = await readSharedJson<string[]>("data/badinputs/blns/blns.json");
    const names = [...new Set(strings)].filter((name) => !/[/\0\r\n]/.test(name) && name.trim() === name && !/^\.*$/.test(name)); // prettier-ignore
    expect(names.length).toBeGreaterThan(300);
    const files = Object.fromEntries(names.flatMap((name) => [1, 2].map((i) => [`all/${name}/${i}.jpg`, "picture"])));
    const index = await memoryIndex(files);
    const [guess] = await guessBlocks(index, createTables(index));
    const { photos } = RECIPES as { photos: Recipe };
    const folders: Recipe = { ...photos, data: { ...photos.data, ...guess?.data, split: { kind: "none" } } };
    const block = await createDataBlock({ index, recipe: folders, decoder: fakeDecoder() });
    expect(new Set(block.report.vocab)).toEqual(new Set(names));

    const rows = names.map((name, i) => `${i}.jpg,"${name.replaceAll('"', '""')}"`);
    const pictures = Object.fromEntries(names.map((_, i) => [`${i}.jpg`, "picture"]));
    const tabled = await memoryIndex({ ...pictures, "labels.csv": `file,label\n${rows.join("\n")}` });
    const recipe: Recipe = {
      ...folders,
      data: {
        ...folders.data,
        items: { kind: "csvColumn", file: "labels.csv", column: "file", folder: "", suffix: "" },
        labels: { kind: "csvColumn", column: "label", delimiter: null },
      },
    };
    const { report } = await createDataBlock({ index: tabled, recipe, decoder: fakeDecoder() });
    expect(new Set(report.vocab)).toEqual(new Set(names));
    expect(globals()).toBe(before);
  });
});

describe.skipIf(!hasShared)("recipes of strangers", () => {
  const folder = "data/badinputs/generated/recipe";
  const names = hasShared ? readdirSync(sharedPath(folder)) : [];

  it.each(names)("%s is refused by name, soon", async (name) => {
    const before = globals();
    const text = await readSharedText(`${folder}/${name}`);
    const took = stopwatch();
    const read = name.startsWith("hash_") ? await recipeFromHash(text.trim()) : parseRecipe(text);
    expect(took()).toBeLessThan(1000);
    // None of them is a recipe of ours, whatever else it is.
    const code = read.ok ? "read" : read.error.code;
    expect(code in PROBLEMS ? code : `unknown ${code}`).toMatch(/^(RECIPE|LINK)_/);
    if (!read.ok) expect(read.error.detail.split(/[.!?](?:\s|$)/).filter(Boolean).length).toBeLessThanOrEqual(2);
    expect(globals()).toBe(before);
  });
});
