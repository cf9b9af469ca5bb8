// The drawn samples: quick to draw, the same each time, readable by their recipes, every picture different.
import { describe, expect, it } from "vitest";
import { RECIPES } from "../../spec/recipes";
import type { Recipe } from "../../spec/recipe";
import { createDataBlock } from "../dataBlock";
import { decodeImage, decodeThumbnail } from "../decode/decodeImage";
import type { Decoder } from "../decode/decoder";
import { guessBlocks } from "../guess/guess";
import { openSource } from "../sources/openSource";
import { createTables } from "../tables";
import { SAMPLES } from ".";

const decoder: Decoder = { parallel: 2, decode: decodeImage, thumbnail: decodeThumbnail, dispose: () => {} };

const open = async (id: string) => {
  const index = await openSource([{ kind: "sample", id }]);
  if (!index.ok) throw new Error(index.error.code);
  return index.value;
};

describe.each(SAMPLES.map(({ id, recipe }) => [id, recipe] as const))("the sample %s", (id, recipe) => {
  it("is drawn in seconds, every picture differently, and decodes without a complaint", async () => {
    const index = await open(id);
    const from = performance.now();
    const block = await createDataBlock({ index, recipe: RECIPES[recipe] as Recipe, decoder });
    const { train, valid, vocab } = await block.loaders();
    const seconds = (performance.now() - from) / 1000;
    console.log(`${id}: ${block.report.items} items in ${seconds.toFixed(1)} s, ${vocab.join(" ")}`);
    expect(seconds).toBeLessThan(20);
    expect(block.report.problems).toEqual([]);
    expect(train.items).toBeGreaterThan(100);
    expect(train.items + (valid?.items ?? 0)).toBe(block.report.items);
    const sizes = new Set<string>();
    for (const file of index.images) {
      const blob = await index.read(file);
      if (blob.ok) sizes.add(await blob.value.text());
    }
    expect(sizes.size).toBe(index.images.length);
  });

  it("is the same each time", async () => {
    const [first, second] = [await open(id), await open(id)];
    const last = first.images.at(-1) ?? 0;
    const [a, b] = [await first.read(last), await second.read(last)];
    if (!a.ok || !b.ok) throw new Error("unreadable");
    expect(new Uint8Array(await a.value.arrayBuffer())).toEqual(new Uint8Array(await b.value.arrayBuffer()));
    expect(first.identity).toBe(second.identity);
  });

  it("is guessed as its recipe reads it", async () => {
    const index = await open(id);
    const [guess] = await guessBlocks(index, createTables(index));
    const { items, labels, split } = (RECIPES[recipe] as Recipe).data;
    expect(guess?.data).toMatchObject({ items, labels, split });
    expect(guess?.task).toBe((RECIPES[recipe] as Recipe).task);
  });
});
