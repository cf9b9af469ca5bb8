// Pictures read sample by sample: masks by id, bands, 16 bits, floats; TIFFs written here value by value.
import { describe, expect, it } from "vitest";
import { checkImage } from "../../formats/imageHeader/checkImage";
import { hasShared, readShared } from "../../testing/shared";
import { readBadInput } from "../../testing/badInputs";
import { tinyTiff } from "../../testing/tinyTiff";
import { stopwatch } from "../../testing/stopwatch";
import type { DecodeJob } from "./decoder";
import { decodeSamples, type Sampled } from "./samples";

type Asked = Pick<DecodeJob, "wanted" | "range">;

async function decoded(bytes: Uint8Array<ArrayBuffer>, asked: Asked): Promise<Sampled> {
  const check = checkImage(bytes, "a");
  return check.ok ? decodeSamples(bytes, check.header, asked) : check;
}
const values = (found: Sampled): unknown => (found.ok ? [...found.pixels.data] : `${found.code}: ${found.reason}`);

describe("TIFF", () => {
  const bands = tinyTiff({
    width: 2,
    height: 1,
    channels: 5,
    bits: 16,
    values: [0, 65535, 1000, 500, 2000, 257, 0, 0, 0, 250],
  });

  it("keeps every band, 16 bits brought to 8", async () => {
    const found = await decoded(bands, { wanted: "bands" });
    expect(found.ok && [found.pixels.channels, found.pixels.width]).toEqual([5, 2]);
    expect(values(found)).toEqual([0, 255, 4, 2, 8, 1, 0, 0, 0, 1]);
  });

  it("takes black and white from the asked range, and cuts what lies outside", async () => {
    expect(values(await decoded(bands, { wanted: "bands", range: [0, 1000] }))).toEqual([
      0, 255, 255, 128, 255, 66, 0, 0, 0, 64,
    ]);
  });

  it("takes the first three bands for colour, and Pillow's luma of them for grey", async () => {
    expect(values(await decoded(bands, { wanted: "rgb" }))).toEqual([0, 255, 4, 1, 0, 0]);
    // (0·19595 + 255·38470 + 4·7471 + 32768) >> 16
    expect(values(await decoded(bands, { wanted: "grey" }))).toEqual([150, 0]);
  });

  it("stretches floats from their smallest to their largest value and says so, but keeps [0, 1] as it is", async () => {
    const metres = tinyTiff({ width: 3, height: 1, channels: 1, bits: 32, float: true, values: [-10, 0, 40] });
    const found = await decoded(metres, { wanted: "grey" });
    expect([values(found), found.ok && found.notes]).toEqual([[0, 51, 255], ["IMG_STRETCHED"]]);
    const shares = tinyTiff({ width: 2, height: 1, channels: 1, bits: 32, float: true, values: [0.2, 0.5] });
    const plain = await decoded(shares, { wanted: "grey" });
    expect([values(plain), plain.ok && plain.notes]).toEqual([[51, 128], []]);
  });

  it("passes over NaN and infinity when it looks for the extremes, and says that they are there", async () => {
    const odd = tinyTiff({
      width: 5,
      height: 1,
      channels: 1,
      bits: 32,
      float: true,
      values: [NaN, -10, 40, Infinity, 0],
    });
    const found = await decoded(odd, { wanted: "grey" });
    expect([values(found), found.ok && found.notes]).toEqual([
      [0, 0, 255, 255, 51],
      ["IMG_STRETCHED", "IMG_NOT_FINITE"],
    ]);
    const none = tinyTiff({ width: 2, height: 1, channels: 1, bits: 32, float: true, values: [NaN, NaN] });
    const dark = await decoded(none, { wanted: "grey" });
    expect([values(dark), dark.ok && dark.notes]).toEqual([[0, 0], ["IMG_NOT_FINITE"]]);
  });

  it("says when bands are left out", async () => {
    const [few, all] = [await decoded(bands, { wanted: "rgb" }), await decoded(bands, { wanted: "bands" })];
    expect([few.ok && few.notes, all.ok && all.notes]).toEqual([["IMG_BANDS"], []]);
  });

  it("reads ids, and refuses numbers that are none", async () => {
    const ids = tinyTiff({ width: 3, height: 1, channels: 1, bits: 16, values: [0, 255, 7] });
    expect(values(await decoded(ids, { wanted: "ids" }))).toEqual([0, 255, 7]);
    const large = tinyTiff({ width: 1, height: 1, channels: 1, bits: 16, values: [256] });
    expect(values(await decoded(large, { wanted: "ids" }))).toBe(
      "IMG_MASK_COLOURS: it holds the value 256; ids go from 0 to 255",
    );
  });

  it("reads a black-is-one drawing and a file of another program", async () => {
    const drawn = tinyTiff({ width: 2, height: 1, channels: 1, bits: 8, photometric: 0, values: [0, 255] });
    expect(values(await decoded(drawn, { wanted: "grey" }))).toEqual([255, 0]);
    const found = await decoded(await readBadInput("img/ok.tif"), { wanted: "rgb" });
    expect(found.ok && [found.pixels.width, found.pixels.height, found.pixels.channels]).toEqual([64, 48, 3]);
  });

  it("refuses a packing that would take WebAssembly, by name", async () => {
    const zstd = tinyTiff({ width: 1, height: 1, channels: 1, bits: 8, values: [1] });
    // The fourth entry says how it is packed.
    new DataView(zstd.buffer).setUint16(10 + 12 * 3 + 8, 50000, true);
    expect(values(await decoded(zstd, { wanted: "rgb" }))).toMatch(/^IMG_DECODE: it is a TIFF packed with Zstandard/);
  });

  it("refuses a TIFF that states more than it holds, without trying", async () => {
    const liar = tinyTiff({ width: 2, height: 1, channels: 1, bits: 8, values: [1, 2] });
    new DataView(liar.buffer).setUint32(18, 60_000, true);
    new DataView(liar.buffer).setUint32(30, 60_000, true);
    expect(values(await decoded(liar, { wanted: "rgb" }))).toMatch(/^IMG_TOO_LARGE/);
  });
});

describe("NumPy arrays", () => {
  const npy = (descr: string, shape: string, data: Uint8Array): Uint8Array<ArrayBuffer> => {
    const head = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }`.padEnd(117) + "\n";
    return new Uint8Array([
      0x93,
      0x4e,
      0x55,
      0x4d,
      0x50,
      0x59,
      1,
      0,
      118,
      0,
      ...new TextEncoder().encode(head),
      ...data,
    ]);
  };

  it("are pictures with the channels at the end or in front", async () => {
    const last = await decoded(npy("|u1", "(1, 2, 3)", Uint8Array.of(1, 2, 3, 4, 5, 6)), { wanted: "bands" });
    const front = await decoded(npy("|u1", "(3, 1, 4)", Uint8Array.of(1, 4, 7, 10, 2, 5, 8, 11, 3, 6, 9, 12)), {
      wanted: "bands",
    });
    expect([values(last), values(front)]).toEqual([
      [1, 2, 3, 4, 5, 6],
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
    ]);
  });

  it("of floats and of many bands are brought to bytes, and other shapes are refused", async () => {
    const floats = npy("<f4", "(1, 3)", new Uint8Array(Float32Array.of(0, 2, 4).buffer));
    expect(values(await decoded(floats, { wanted: "grey" }))).toEqual([0, 128, 255]);
    expect(values(await decoded(npy("|u1", "(4,)", new Uint8Array(4)), { wanted: "rgb" }))).toMatch(/^IMG_DECODE/);
  });
});

describe.skipIf(!hasShared)("real files", () => {
  it("gives a palette mask by index and a coloured picture not at all", async () => {
    const palette = await decoded(await readShared("data/badinputs/pngsuite/basn3p04.png"), { wanted: "ids" });
    if (!palette.ok) throw new Error(palette.reason);
    expect([palette.pixels.exact, palette.pixels.channels, Math.max(...palette.pixels.data) < 16]).toEqual([
      true,
      1,
      true,
    ]);
    const coloured = await decoded(await readShared("data/badinputs/pngsuite/basn2c08.png"), { wanted: "ids" });
    expect(values(coloured)).toBe("IMG_MASK_COLOURS: it is painted in colours, not in numbers");
  });

  it.each([
    ["basn6a08", 4],
    ["basn4a16", 2],
    ["basn3p08", 3],
    ["tbbn3p08", 4],
    ["basn0g16", 1],
  ])("keeps the channels of %s", async (name, channels) => {
    const found = await decoded(await readShared(`data/badinputs/pngsuite/${name}.png`), { wanted: "bands" });
    expect(found.ok && found.pixels.channels).toBe(channels);
  });

  it.each([
    ["wuffs-images/bricks-color.tiff", [160, 120]],
    ["pillow-images/16bit.cropped.tif", [64, 64]],
    ["pillow-images/multipage.tiff", [10, 10]],
  ])("reads %s", async (path, size) => {
    const found = await decoded(await readShared(`data/badinputs/${path}`), { wanted: "rgb" });
    expect(found.ok ? [found.pixels.width, found.pixels.height] : found.reason).toEqual(size);
  });

  it.each(["pillow-images/oom-225817ca0f8c663be7ab4b9e717b02c661e66834.tif", "pillow-images/seek_too_large.tif"])(
    "refuses %s with a code, in less than a second",
    async (path) => {
      const took = stopwatch();
      const found = await decoded(await readShared(`data/badinputs/${path}`), { wanted: "rgb" });
      expect(took()).toBeLessThan(1000);
      expect(found.ok ? "decoded" : found.code).toMatch(/^IMG_/);
    },
  );
});
