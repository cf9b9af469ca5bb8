// Matrices of numbers as pictures: found, guessed, decoded with levels of their own or the same for all, and coloured.
import { describe, expect, it } from "vitest";
import type { Recipe } from "../spec/recipe";
import { RECIPES } from "../spec/recipes";
import { fakeDecoder } from "../testing/fakeDecoder";
import { memoryIndex } from "../testing/nodeSource";
import { tinyTiff } from "../testing/tinyTiff";
import { createDataBlock } from "./dataBlock";
import { decodeImage } from "./decode/decodeImage";
import { guessBlocks } from "./guess/guess";
import { createTables } from "./tables";

const matrix = (low: number, high: number): string => `${low},${high}\n${(low + high) / 2},${low}\n`;
const folders = (ending: string, more: Record<string, string> = {}): Record<string, string> => ({
  ...Object.fromEntries(
    ["calm", "wild"].flatMap((name, k) =>
      [1, 2, 3, 4].map((i) => [`m/${name}/${i}.${ending}`, matrix(k, k + i)] as const),
    ),
  ),
  ...more,
});

const decode = async (text: string, more: { transforms?: Recipe["data"]["transforms"]; range?: [number, number] } = {}) => {
  const { transforms = [{ kind: "resize", size: 8, method: "squish" }], range } = more;
  const found = await decodeImage({ file: new Blob([text]), path: "a.csv", transforms, ...(range && { range }) });
  return found.ok ? found : { ...found, pixels: null };
}; // prettier-ignore

describe("matrices in files", () => {
  it.each(["csv", "tsv", "txt"])("in folders are guessed as pictures by folder (.%s)", async (ending) => {
    const index = await memoryIndex(folders(ending));
    const [guess] = await guessBlocks(index, createTables(index));
    expect(guess?.title).toBe("Looks like image classification by folder: 2 classes, 8 images.");
    expect(guess?.evidence[0]).toMatch(/^Each file is a matrix of numbers, drawn as a picture in greys;/);
  });

  it.each([
    ["five bands of 16 bits", { channels: 5, bits: 16 }, 5],
    ["four bands of 16 bits", { channels: 4, bits: 16 }, 4],
    ["two", { channels: 2, bits: 8 }, 2],
    ["four of 8 bits, which are colours with alpha", { channels: 4, bits: 8 }, undefined],
    ["three", { channels: 3, bits: 16 }, undefined],
    ["one", { channels: 1, bits: 16 }, undefined],
  ] as const)(
    "of more than three channels are guessed with all of them: %s",
    async (_, { channels, bits }, expected) => {
      const tiff = tinyTiff({ width: 2, height: 2, channels, bits, photometric: channels > 2 ? 2 : 1, values: Array<number>(4 * channels).fill(1) }); // prettier-ignore
      const files = ["a/1.tif", "a/2.tif", "b/1.tif", "b/2.tif"];
      const index = await memoryIndex(Object.fromEntries(files.map((path) => [path, tiff])));
      const [guess] = await guessBlocks(index, createTables(index));
      expect(guess?.data.channels).toBe(expected);
      expect(guess?.title.endsWith(`, ${channels} channels each.`)).toBe(expected !== undefined);
    },
  );

  it("are not taken for pictures where there are pictures, where they lie alone, or where they hold words", async () => {
    const withPictures = await memoryIndex(folders("csv", { "m/a.png": "x" }));
    const alone = await memoryIndex({ "a/1.csv": matrix(0, 1), "b/2.csv": matrix(0, 1) });
    const words = await memoryIndex(
      Object.fromEntries([1, 2, 3, 4].map((i) => [`t/${i}.txt`, "some words\nand more"])),
    );
    expect([withPictures.images.length, alone.images.length, words.images.length]).toEqual([1, 0, 0]);
  });

  it("go from their own smallest to their own largest value, or between two numbers for all", async () => {
    const own = await decode("0,50\n100,0");
    expect([own.pixels?.data[0], Math.max(...(own.pixels?.data ?? []))]).toEqual([0, 255]);
    expect(own).toMatchObject({ ok: true, kind: "matrix", width: 2, height: 2 });
    const all = await decode("0,50\n100,0", { range: [0, 250] });
    expect(Math.max(...(all.pixels?.data ?? []))).toBe(102);
  });

  it("can be drawn in colours", async () => {
    const transforms = [{ kind: "resize", size: 8, method: "squish" }, { kind: "colours" }];
    const { pixels } = await decode("0,0\n0,100", { transforms });
    expect([...(pixels?.data.slice(0, 3) ?? [])]).toEqual([68, 1, 84]);
    expect([...(pixels?.data.slice(-3) ?? [])]).toEqual([253, 231, 37]);
  });

  it.each([
    ["1,2\n3", "line 2 has 1 numbers, the lines before 2"],
    ["1,2\n3,x", "line 2 holds something that is no number"],
    ["1,2\n3,NaN", "line 2 holds something that is no number"],
    ["1,2\n3,1e300", "line 2 holds something that is no number"],
    ["1,2,3,4,5,6,7", "it is no matrix of at least two rows and two columns"],
  ])("that are broken (%j) say where", async (text, reason) => {
    expect(await decode(text)).toMatchObject({ ok: false, code: "IMG_DECODE", reason });
  });

  it("name the broken ones, and the rest trains", async () => {
    const index = await memoryIndex(folders("csv", { "m/calm/5.csv": "1,2\n3,oops", "m/wild/6.csv": "" }));
    const photos = RECIPES["photos"] as Recipe;
    const recipe = { ...photos, data: { ...photos.data, transforms: [{ kind: "resize", size: 8, method: "squish" }], batchSize: 2 } }; // prettier-ignore
    const block = await createDataBlock({ index, recipe, decoder: fakeDecoder() });
    const loaders = await block.loaders();
    expect(loaders.train.items + (loaders.valid?.items ?? 0)).toBe(8);
    expect(block.report.skipped.map(({ path, code }) => [path, code])).toEqual([
      ["calm/5.csv", "IMG_DECODE"],
      ["wild/6.csv", "IMG_EMPTY"],
    ]);
  });
});
