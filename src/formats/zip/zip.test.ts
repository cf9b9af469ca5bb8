// Zips: entries read on demand, thousands of damaged archives, and an index of 100,000 entries.
import { describe, expect, it } from "vitest";
import { badInputs, readBadInput } from "../../testing/badInputs";
import { mutate } from "../../testing/mutate";
import { crc32 } from "../crc32";
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

  it("indexes 100,000 entries in less than a second", async () => {
    const archive = storedZip(100_000);
    const from = performance.now();
    const opened = await openZip(archive);
    const seconds = (performance.now() - from) / 1000;
    console.log(`100,000 entries: ${seconds.toFixed(2)} s`);
    expect(opened.ok && opened.value.names.length).toBe(100_000);
    expect(seconds).toBeLessThan(1);
  });
});

/** A zip of `count` stored files of one byte each, in folders of a thousand. */
function storedZip(count: number): Blob {
  const text = new TextEncoder();
  const crc = crc32(text.encode("x"));
  const name = (i: number): string =>
    `pictures/${String(i % 100).padStart(3, "0")}/picture_${String(i).padStart(6, "0")}.jpg`;
  const length = name(0).length;
  const locals = new DataView(new ArrayBuffer(count * (31 + length)));
  const entries = new DataView(new ArrayBuffer(count * (46 + length)));
  for (let i = 0; i < count; i += 1) {
    const bytes = text.encode(name(i));
    const at = i * (31 + length);
    const entry = i * (46 + length);
    locals.setUint32(at, 0x04034b50, true);
    locals.setUint16(at + 26, length, true);
    new Uint8Array(locals.buffer).set(bytes, at + 30);
    locals.setUint8(at + 30 + length, 0x78);
    entries.setUint32(entry, 0x02014b50, true);
    entries.setUint32(entry + 16, crc, true);
    entries.setUint32(entry + 20, 1, true);
    entries.setUint32(entry + 24, 1, true);
    entries.setUint16(entry + 28, length, true);
    entries.setUint32(entry + 42, at, true);
    new Uint8Array(entries.buffer).set(bytes, entry + 46);
  }
  const wide = new DataView(new ArrayBuffer(56 + 20 + 22));
  wide.setUint32(0, 0x06064b50, true);
  wide.setBigUint64(4, 44n, true);
  wide.setBigUint64(24, BigInt(count), true);
  wide.setBigUint64(32, BigInt(count), true);
  wide.setBigUint64(40, BigInt(entries.byteLength), true);
  wide.setBigUint64(48, BigInt(locals.byteLength), true);
  wide.setUint32(56, 0x07064b50, true);
  wide.setBigUint64(64, BigInt(locals.byteLength + entries.byteLength), true);
  wide.setUint32(76, 0x06054b50, true);
  wide.setUint16(84, 0xffff, true);
  wide.setUint16(86, 0xffff, true);
  wide.setUint32(88, 0xffffffff, true);
  wide.setUint32(92, 0xffffffff, true);
  return new Blob([locals, entries, wide]);
}
