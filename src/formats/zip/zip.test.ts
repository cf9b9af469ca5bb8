// Zips: entries read on demand.
import { describe, expect, it } from "vitest";
import { readBadInput } from "../../testing/badInputs";
import { tinyZip } from "../../testing/tinyZip";
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

  it("reads a large stored file in place, one piece at a time, and still sees that it is damaged", async () => {
    const content = new Uint8Array(33 * 2 ** 20).fill(7, 1001, 1003);
    const pieces = tinyZip([
      ["small.txt", Uint8Array.of(1, 2, 3)],
      ["large.tar", content],
    ]);
    const whole = new Blob(pieces);
    const reads: number[] = [];
    const counted = new Proxy(whole, {
      get(blob, key) {
        if (key === "slice")
          return (from: number, to: number) => {
            reads.push(to - from);
            return blob.slice(from, to);
          };
        const value: unknown = Reflect.get(blob, key, blob);
        return typeof value === "function" ? (value.bind(blob) as unknown) : value;
      },
    });
    const archive = await openZip(counted);
    if (!archive.ok) throw new Error(archive.error.code);
    const large = await archive.value.read(1);
    if (!large.ok) throw new Error(large.error.code);
    expect(reads.at(-1), "a stretch of the archive itself").toBe(content.length);
    expect(large.value.size).toBe(content.length);
    const middle = new Uint8Array(await large.value.slice(1000, 1003).arrayBuffer());
    expect([...middle]).toEqual([0, 7, 7]);

    content[30 * 2 ** 20] = (content[30 * 2 ** 20] as number) ^ 1;
    const damaged = await openZip(new Blob(pieces));
    if (!damaged.ok) throw new Error(damaged.error.code);
    const read = await damaged.value.read(1);
    expect(read.ok ? "read" : read.error.code).toBe("ZIP_CRC");
    expect(await damaged.value.read(0)).toMatchObject({ ok: true });
  });
});
