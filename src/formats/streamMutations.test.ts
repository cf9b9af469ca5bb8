// 20,000 seeded damages to what lies inside of other formats: packed streams, arrays of an archive, rasters, lists of names.
import { deflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { createRng } from "../base/rng";
import { codeOf, expectBoth, originals, outcomes, type Original } from "../testing/damages";
import { readBadInput } from "../testing/badInputs";
import { withPlainHeader } from "../testing/sevenZipSeal";
import { tinyTiff } from "../testing/tinyTiff";
import { tinyZip } from "../testing/tinyZip";
import { ByteReader, Damaged } from "./bytes/byteReader";
import { decodeText } from "./csv/decodeText";
import { inflateAll } from "./deflate/inflate";
import { checkImage } from "./imageHeader/checkImage";
import { lzma, lzma2 } from "./lzma/lzma";
import { packedFrom } from "./sevenZip/header";
import { headerReader } from "./sevenZip/headerReader";
import { readStreams } from "./sevenZip/streams";
import { readTiff } from "./tiff/readTiff";
import { readTensor, readWeights } from "./weights/readWeights";

type Bytes = Uint8Array<ArrayBuffer>;

const join = (pieces: readonly Uint8Array[]): Bytes => new Uint8Array(Buffer.concat(pieces));

describe("20,000 damaged streams", { timeout: 240_000 }, () => {
  it("deflate", async () => {
    const rng = createRng("deflate");
    const plain = Uint8Array.from({ length: 600 }, (_, i) => (i % 7 === 0 ? rng.below(256) : i % 11));
    const from = [1, 6, 9].map((level): Original => ({ path: `${level}`, bytes: new Uint8Array(deflateRawSync(plain, { level })) })); // prettier-ignore
    const counts = await outcomes(from, (bytes) => {
      try {
        expect(inflateAll(bytes, plain.length).length).toBeLessThanOrEqual(plain.length);
        return "read";
      } catch (thrown) {
        return codeOf(thrown);
      }
    });
    expectBoth(counts, /^ARCHIVE_/);
  });

  it.each([
    ["LZMA", "7z/nonsolid_lzma.7z", lzma],
    ["LZMA2", "7z/solid_lzma2.7z", lzma2],
  ] as const)("%s", async (_name, path, unpack) => {
    const archive = await withPlainHeader(await readBadInput(path));
    const header = 32 + Number(new DataView(archive.buffer).getBigUint64(12, true));
    const streams = readStreams(headerReader(archive.subarray(header + 2)));
    const [folder] = streams.folders;
    const from = packedFrom(streams, 0);
    const packed = { path, bytes: archive.slice(from, from + (streams.packSizes[0] as number)) };
    const properties = folder?.coders[0]?.properties ?? new Uint8Array();
    const size = folder?.sizes[0] ?? 0;
    const counts = await outcomes([packed], async (bytes) => {
      let made = 0;
      try {
        for await (const piece of unpack(new ByteReader(bytes), properties, size)) made += piece.length;
        expect(made).toBe(size);
        return "read";
      } catch (thrown) {
        expect(made).toBeLessThanOrEqual(size);
        return codeOf(thrown);
      }
    });
    expectBoth(counts, /^(ARCHIVE|SEVENZ)_/);
  });

  it("arrays in an .npz", async () => {
    const array = await readBadInput("npy/ok.npy");
    const from = [{ path: "a.npz", bytes: join(tinyZip([["a.npy", array], ["b.npy", array]])) }]; // prettier-ignore
    const counts = await outcomes(from, async (bytes, path) => {
      const file = await readWeights(new Blob([bytes]), path);
      if (!file.ok) return file.error.code;
      for (const { tensors } of file.value.states)
        for (const tensor of tensors.values()) {
          const read = await readTensor(tensor);
          if (!read.ok) return read.error.code;
        }
      return "read";
    });
    expectBoth(counts, /^(ZIP|NPY|PTH)_/);
  });

  it("TIFF rasters", async () => {
    const values = Array.from({ length: 48 }, (_, i) => i);
    const from = ([8, 16] as const).map((bits) => ({ path: `${bits}.tif`, bytes: tinyTiff({ width: 4, height: 4, channels: 3, bits, values }) })); // prettier-ignore
    const read = async (bytes: Uint8Array<ArrayBuffer>, path: string): Promise<string> => {
      const check = checkImage(bytes, path);
      if (!check.ok) return check.code;
      try {
        const raster = await readTiff(bytes, 1 << 20);
        if (raster === "tooLarge") return "IMG_TOO_LARGE";
        expect(raster.samples.length).toBe(raster.width * raster.height * raster.channels);
        return "read";
      } catch (thrown) {
        if (thrown instanceof Damaged || thrown instanceof RangeError) return `IMG_${thrown.name}`;
        throw thrown;
      }
    };
    const counts = await outcomes(from, read);
    expectBoth(counts, /^IMG_/);
  });

  it("the header of an AVIF", async () => {
    const text = (value: string): number[] => [...value].map((letter) => letter.charCodeAt(0));
    const boxes = [0, 0, 0, 24, ...text("ftypavif"), 0, 0, 0, 0, ...text("avifmif1"), 0, 0, 0, 20, ...text("ispe"), 0, 0, 0, 0, 0, 0, 0, 64, 0, 0, 0, 48]; // prettier-ignore
    const counts = await outcomes([{ path: "a.avif", bytes: Uint8Array.from(boxes) }], (bytes, path) => {
      const check = checkImage(bytes, path);
      return check.ok ? "read" : check.code;
    });
    expectBoth(counts, /^IMG_/);
  });

  it("lists of names, in any encoding", async () => {
    const lists = (await originals("csv")).filter(({ path }) => /utf|latin|unicode|proto|ok/.test(path));
    const counts = await outcomes(lists, (bytes) => {
      const text = decodeText(bytes);
      return text.ok ? "read" : text.error.code;
    });
    expect([...counts.keys()].filter((code) => code !== "read" && !code.startsWith("CSV_"))).toEqual([]);
    expect(counts.get("read") ?? 0).toBeGreaterThan(100);
  });
});
