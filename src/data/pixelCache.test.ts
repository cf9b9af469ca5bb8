// The pixel cache: memory up to a budget, a file that outlives it, a disk that fills up.
import { describe, expect, it } from "vitest";
import { RECIPES } from "../spec/recipes";
import type { Recipe } from "../spec/recipe";
import { memoryStore } from "../storage/memoryStore";
import { fakeDecoder } from "../testing/fakeDecoder";
import { memoryIndex } from "../testing/nodeSource";
import { createCacheStore, type CacheFile } from "./cacheStore";
import { createDataBlock } from "./dataBlock";
import { keepSource, openKeptSource } from "./keptSource";
import { createPixelCache } from "./pixelCache";

const record = (value: number, bytes = 12) => new Uint8Array(bytes).fill(value);
const readOf = (cache: { read(i: number, into: Uint8Array<ArrayBuffer>, at: number): boolean }, i: number) => {
  const into = new Uint8Array(12);
  return cache.read(i, into, 0) ? into[0] : null;
};

describe("pixel cache", () => {
  it("holds records in memory up to its budget and drops the rest", () => {
    const perBlock = Math.floor((8 * 2 ** 20) / 12);
    const cache = createPixelCache({ records: perBlock * 3, recordBytes: 12, budget: 9 * 2 ** 20, file: null });
    cache.write(1, record(5));
    cache.write(perBlock + 1, record(6));
    expect(readOf(cache, 1)).toBe(5);
    expect(cache.has(perBlock + 1)).toBe(false);
    expect(readOf(cache, perBlock + 1)).toBeNull();
  });

  it("finds what a closed cache wrote, and nothing else", async () => {
    const store = createCacheStore(memoryStore());
    const file = await store.open("a", 10, 12);
    const cache = createPixelCache({ records: 10, recordBytes: 12, budget: 0, file });
    cache.write(3, record(7));
    cache.close();
    const again = await store.open("a", 10, 12);
    expect(again?.has(3)).toBe(true);
    expect(again?.has(4)).toBe(false);
    const reopened = createPixelCache({ records: 10, recordBytes: 12, budget: 0, file: again });
    expect(readOf(reopened, 3)).toBe(7);
  });

  it("goes on in memory where the disk is full", () => {
    const full: CacheFile = { has: () => false, read: () => false, write: () => false, flush() {}, close() {} };
    const cache = createPixelCache({ records: 4, recordBytes: 12, budget: 2 ** 20, file: full });
    cache.write(0, record(9));
    expect(readOf(cache, 0)).toBe(9);
  });

  it("keeps the files that were used last", async () => {
    const store = createCacheStore(memoryStore());
    for (const name of ["a", "b", "c"]) await store.save(name, new Blob([name]));
    await store.save("a", new Blob(["again"]));
    await store.prune(2);
    expect(await store.load("b")).toBeNull();
    expect(await (await store.load("a"))?.text()).toBe("again");
    expect(await (await store.load("c"))?.text()).toBe("c");
  });
});

describe("after a reload", () => {
  const PNG = Uint8Array.from(
    atob("iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR4nGP4z8CAFWEXHbQSACj/P8Fu7N9hAAAAAElFTkSuQmCC"),
    (char) => char.charCodeAt(0),
  );
  const photos = RECIPES["photos"] as Recipe;
  const recipe: Recipe = {
    ...photos,
    data: {
      ...photos.data,
      items: { kind: "csvColumn", file: "l.csv", column: "file", folder: "p", suffix: ".png" },
      labels: { kind: "csvColumn", column: "label", delimiter: null },
      transforms: [{ kind: "resize", size: 8, method: "squish" }],
      batchSize: 4,
    },
  };

  it("loads from the kept pixels and tables alone: same items, same skipped files, nothing decoded", async () => {
    const rows = Array.from({ length: 20 }, (_, i) => `${i},${i % 2 === 0 ? "x" : "y"}`);
    const index = await memoryIndex({
      ...Object.fromEntries(rows.map((_, i) => [`p/${i}.png`, i === 5 ? PNG.slice(0, 50) : PNG])),
      "l.csv": ["file,label", ...rows].join("\n"),
    });
    const cache = createCacheStore(memoryStore());
    const first = await createDataBlock({ index, recipe, decoder: fakeDecoder(), cache });
    await first.loaders();
    expect(await keepSource(index, cache)).toBe(true);
    first.dispose();

    const kept = await openKeptSource(index.identity, cache);
    if (kept === null) throw new Error("nothing kept");
    const decoder = fakeDecoder();
    const second = await createDataBlock({ index: kept, recipe, decoder, cache });
    await second.loaders();
    expect(decoder.decoded).toEqual([]);
    expect(second.report.skipped).toEqual(first.report.skipped);
    expect(second.report.skipped.map(({ path }) => path)).toEqual(["p/5.png"]);
    expect(second.report.histogram).toEqual(first.report.histogram);
    expect(second.report.stats).toEqual(first.report.stats);
  });

  it("asks for the folder where the kept pixels do not suffice, and trains on all of it once it is back", async () => {
    const files = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`p/${i}.png`, PNG]));
    const rows = Array.from({ length: 20 }, (_, i) => `${i},${i % 2}`);
    const index = await memoryIndex({ ...files, "l.csv": ["file,label", ...rows].join("\n") });
    const cache = createCacheStore(memoryStore());
    await keepSource(index, cache);
    const kept = await openKeptSource(index.identity, cache);
    if (kept === null) throw new Error("nothing kept");
    const without = await createDataBlock({ index: kept, recipe, decoder: fakeDecoder(), cache });
    await expect(without.loaders()).rejects.toMatchObject({ problem: { code: "SOURCE_GONE", total: 20 } });
    without.dispose();
    const back = await createDataBlock({ index, recipe, decoder: fakeDecoder(), cache });
    await back.loaders();
    expect(back.report).toMatchObject({ train: 16, valid: 4, skipped: [] });
  });
});
