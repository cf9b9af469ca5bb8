// Inflating: what Node's zlib packed comes back, in one piece and in crumbs; damage is told apart from a cut.
import { deflateRawSync, constants } from "node:zlib";
import { describe, expect, it } from "vitest";
import { createRng } from "../../base/rng";
import { ByteReader, CutOff, Damaged } from "../bytes/byteReader";
import { inflate, inflateAll } from "./inflate";

/** Text-like bytes with many repeats, then noise that does not pack. */
function content(size: number): Uint8Array<ArrayBuffer> {
  const rng = createRng("inflate", size);
  const bytes = new Uint8Array(size);
  for (let i = 0; i < size; i += 1)
    bytes[i] = i > size / 2 ? rng.below(256) : i > 300 && rng.below(9) > 0 ? (bytes[i - 300] as number) : rng.below(40);
  return bytes;
}

async function* crumbs(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function all(input: ByteReader): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of inflate(input)) pieces.push(piece.slice());
  return Buffer.concat(pieces);
}

const packed = (bytes: Uint8Array, options = {}): Uint8Array => new Uint8Array(deflateRawSync(bytes, options));

describe("inflate", () => {
  const bytes = content(700_000);
  it.each([
    ["dynamic codes", {}],
    ["fixed codes", { strategy: constants.Z_FIXED }],
    ["stored blocks", { level: 0 }],
    ["runs", { strategy: constants.Z_RLE }],
  ])("gives back what was packed with %s, whole and in crumbs", async (_name, options) => {
    const stream = packed(bytes, options);
    expect(Buffer.compare(inflateAll(stream, bytes.length), bytes)).toBe(0);
    for (const size of [7, 65_536])
      expect(Buffer.compare(await all(new ByteReader(crumbs(stream, size))), bytes)).toBe(0);
  });

  it("stops right behind the stream, so that what follows can be read", async () => {
    for (let n = 0; n < 40; n += 1) {
      const input = new ByteReader(crumbs(Buffer.concat([packed(content(n * 7)), Buffer.from("tail")]), 5));
      await all(input);
      await input.fill(4);
      expect(Buffer.from(input.take(4)).toString()).toBe("tail");
    }
  });

  it("tells a cut from damage", async () => {
    const stream = packed(content(5000));
    await expect(all(new ByteReader(stream.subarray(0, 900)))).rejects.toBeInstanceOf(CutOff);
    await expect(all(new ByteReader(Uint8Array.of(7, 0)))).rejects.toBeInstanceOf(Damaged);
    await expect(all(new ByteReader(Uint8Array.of(1, 5, 0, 5, 0)))).rejects.toBeInstanceOf(Damaged);
  });
});
