// Exact PNG samples: every kind of PngSuite against Pillow's conventions, and CamVid's masks.
import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { createRng } from "../../base/rng";
import { hasShared, readShared, readSharedText } from "../../testing/shared";
import { crc32 } from "../crc32";
import { decodePng } from "./decodePng";

function chunk(type: string, content: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type), content]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(content.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

/** A grey PNG whose rows use one filter each, written straight from the specification. */
function greyPng(rows: readonly (readonly number[])[], bitDepth: number): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(rows[0]?.length ?? 0, 0);
  header.writeUInt32BE(rows.length, 4);
  header[8] = bitDepth;
  const packed = rows.map((row) => {
    const bits = row.map((value) => value.toString(2).padStart(bitDepth, "0")).join("");
    const padded = bits.padEnd(Math.ceil(bits.length / 8) * 8, "0");
    return [0, ...(padded.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2))];
  });
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Uint8Array.from(packed.flat()))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

describe("decodePng", () => {
  it.each([1, 2, 4, 8, 16])("gives greys of %i bits as they were written", (bitDepth) => {
    const rng = createRng("png", bitDepth);
    const rows = Array.from({ length: 5 }, () => Array.from({ length: 13 }, () => rng.below(2 ** bitDepth)));
    const { samples, width, height, channels } = decodePng(greyPng(rows, bitDepth));
    expect([width, height, channels]).toEqual([13, 5, 1]);
    expect([...samples]).toEqual(rows.flat());
  });
});

describe.skipIf(!hasShared)("decodePng on real files", () => {
  /** Interlaced and plain twins of PngSuite show the same picture. */
  it.each([
    "0g01",
    "0g02",
    "0g04",
    "0g08",
    "0g16",
    "2c08",
    "2c16",
    "3p01",
    "3p02",
    "3p04",
    "3p08",
    "4a08",
    "4a16",
    "6a08",
    "6a16",
  ])("reads bas?%s interlaced as it reads it plain", async (kind) => {
    const [plain, woven] = await Promise.all(
      ["n", "i"].map(async (way) => decodePng(await readShared(`data/badinputs/pngsuite/bas${way}${kind}.png`))),
    );
    expect(plain?.samples.length).toBeGreaterThan(0);
    expect(woven?.samples).toEqual(plain?.samples);
  });

  it("reads all five filters to the same picture", async () => {
    const sums = new Set<string>();
    for (const kind of ["f00n0g08", "f01n0g08", "f02n0g08", "f03n0g08", "f04n0g08"]) {
      const { samples } = decodePng(await readShared(`data/badinputs/pngsuite/${kind}.png`));
      sums.add(`${samples.length}`);
      // Each file shows its filter's number, so the pictures differ; but none may be noise.
      let steps = 0;
      for (let i = 1; i < samples.length; i += 1)
        steps += Math.abs((samples[i] as number) - (samples[i - 1] as number));
      expect(steps / samples.length).toBeLessThan(30);
    }
    expect([...sums]).toEqual(["1024"]);
  });

  it("reads CamVid's masks as class numbers below 32", async () => {
    const codes = (await readSharedText("data/camvid_tiny/codes.txt")).trim().split(/\s+/);
    const { samples, width, height, channels } = decodePng(
      await readShared("data/camvid_tiny/labels/0001TP_006750_P.png"),
    );
    expect([width, height, channels, codes.length]).toEqual([128, 96, 1, 32]);
    const seen = [...new Set(samples)].sort((a, b) => a - b);
    expect(seen.length).toBeGreaterThan(5);
    expect(seen.every((id) => id < codes.length)).toBe(true);
  });
});
