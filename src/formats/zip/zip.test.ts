// Zips: entries read on demand.
import { describe, expect, it } from "vitest";
import { readBadInput } from "../../testing/badInputs";
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
});
