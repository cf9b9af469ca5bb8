// Real decoding in a browser: every bad picture, upright and true colours, the pool of workers, resizing.
import { afterAll, describe, expect, it } from "vitest";
import { decodePng } from "../../formats/png/decodePng";
import { badInputs, readBadInput } from "../../testing/badInputs";
import { hasShared, readShared, readSharedJson } from "../../testing/shared";
import { decodeImage } from "./decodeImage";
import { createDecodePool } from "./decodePool";
import type { Decoded, Wanted } from "./decoder";
import type { Pixels } from "./pixels";

const full = (size: number) => [{ kind: "resize", size, method: "squish" }];
const decode = (bytes: Uint8Array<ArrayBuffer>, path: string, size = 64): Promise<Decoded> =>
  decodeImage({ file: new Blob([bytes]), path, transforms: full(size) });

const colourAt = ({ data, width, height }: Pixels, x: number, y: number): number[] => {
  const at = (Math.floor(y * height) * width + Math.floor(x * width)) * 3;
  return [...data.subarray(at, at + 3)];
};
/** The four quadrants by name: what is red, green, blue and yellow, within JPEG's and ink's tolerance. */
const quadrants = (pixels: Pixels): string[] =>
  [
    [0.25, 0.25],
    [0.75, 0.25],
    [0.25, 0.75],
    [0.75, 0.75],
  ].map(([x = 0, y = 0]) => {
    const [r = 0, g = 0, b = 0] = colourAt(pixels, x, y).map((value) => Number(value > 128));
    return (
      new Map([
        [4, "red"],
        [2, "green"],
        [1, "blue"],
        [6, "yellow"],
      ]).get(4 * r + 2 * g + b) ?? `${r}${g}${b}`
    );
  });
const RIGHT = ["red", "green", "blue", "yellow"];

describe("the corpus of bad pictures", () => {
  for (const { path, fault, expect: expected, code } of badInputs("img"))
    it(`${expected === "accept" ? "takes" : `${expected}s ${code}`} ${path.slice(4)} (${fault})`, async () => {
      const decoded = await decode(await readBadInput(path), path);
      const verdict = decoded.ok ? { ok: true, codes: decoded.notes } : { ok: false, codes: [decoded.code] };
      expect(verdict).toEqual({ ok: expected !== "reject", codes: expected === "accept" ? [] : [code] });
    });
});

describe.skipIf(!hasShared)("the corpora of other projects", () => {
  it("decodes what Chromium decodes and refuses what it refuses, with a code", async () => {
    const { results } = await readSharedJson<{ results: Record<string, string> }>(
      "data/badinputs/chromium156_images.json",
    );
    const wrong: string[] = [];
    let decoded = 0;
    for (const [path, result] of Object.entries(results)) {
      // Our own corpus has its own tests; the last folder was not kept.
      // TIFFs are read without the browser.
      if (/^(generated|image-rs-bad)\//.test(path) || /\.tiff?$/.test(path)) continue;
      const found = await decode(await readShared(`data/badinputs/${path}`), path, 16);
      if (found.ok) decoded += 1;
      if (found.ok === result.startsWith("rejected"))
        wrong.push(`${path}: ${result}, ${found.ok ? "decoded" : found.code}`);
    }
    expect(decoded).toBeGreaterThan(300);
    // A comment whose stated length is wrong: libjpeg goes on, we refuse to guess.
    expect(wrong).toEqual(["wuffs-images/artificial-jpeg_hippopotamus-bad-comment-length.jpeg: 36x28, IMG_DECODE"]);
  });

  it("reads planet's CMYK pictures in true colours: forest is green", async () => {
    const decoded = await decode(await readShared("data/planet_sample/train/train_21983.jpg"), "train_21983.jpg");
    if (!decoded.ok) throw new Error(decoded.code);
    expect(decoded).toMatchObject({ width: 256, height: 256, notes: ["IMG_CMYK"] });
    const mean = [0, 1, 2].map(
      (c) => decoded.pixels.data.filter((_, i) => i % 3 === c).reduce((a, b) => a + b, 0) / 4096,
    );
    expect(mean.every((value) => value > 20 && value < 235)).toBe(true);
  });
});

describe("colours and orientation", () => {
  it.each(["1", "2", "3", "4", "5", "6", "7", "8", "99_invalid"])("turns EXIF orientation %s upright", async (name) => {
    const decoded = await decode(await readBadInput(`img/exif_orient_${name}.jpg`), "a.jpg");
    if (!decoded.ok) throw new Error(decoded.code);
    expect([decoded.width, decoded.height]).toEqual([64, 48]);
    expect(quadrants(decoded.pixels)).toEqual(RIGHT);
  });

  it.each(["ok.jpg", "ok_progressive.jpg", "cmyk.jpg", "ok.bmp", "ok.avif", "png_named.jpg", "jpeg_noext"])(
    "keeps the colours of %s",
    async (name) => {
      const decoded = await decode(await readBadInput(`img/${name}`), name);
      expect(decoded.ok && quadrants(decoded.pixels)).toEqual(RIGHT);
    },
  );

  it.each([
    ["anim3.gif", "image/gif"],
    ["anim3.webp", "image/webp"],
  ])("takes the first picture of %s, which moves", async (name, type) => {
    const data = await readBadInput(`img/${name}`);
    const frames = new ImageDecoder({ data: data.slice(), type });
    const means: number[][] = [];
    for (const frameIndex of [0, 1]) {
      const { image } = await frames.decode({ frameIndex });
      const canvas = new OffscreenCanvas(1, 1);
      const context = canvas.getContext("2d") as OffscreenCanvasRenderingContext2D;
      context.drawImage(image, 0, 0, 1, 1);
      means.push([...context.getImageData(0, 0, 1, 1).data.slice(0, 3)]);
      image.close();
    }
    const decoded = await decode(data, name, 8);
    if (!decoded.ok) throw new Error(decoded.code);
    const far = (a: readonly number[], b: readonly number[] = []): number => Math.max(...a.map((value, i) => Math.abs(value - (b[i] ?? 0)))); // prettier-ignore
    const middle = colourAt(decoded.pixels, 0.5, 0.5);
    expect(far(middle, means[0])).toBeLessThan(12);
    expect(far(means[0] ?? [], means[1])).toBeGreaterThan(60);
  });

  it.each(["rgb16.png", "gray16.png"])("brings the 16 bits of %s to 8", async (name) => {
    const bytes = await readBadInput(`img/${name}`);
    const { samples, channels } = decodePng(bytes);
    expect(samples).toBeInstanceOf(Uint16Array);
    const decoded = await decode(bytes, name);
    if (!decoded.ok) throw new Error(decoded.code);
    const mean = (values: ArrayLike<number>, from: number, step: number): number => {
      let sum = 0;
      for (let i = from; i < values.length; i += step) sum += values[i] as number;
      return (sum * step) / values.length;
    };
    for (const c of [0, 1, 2]) {
      const expected = mean(samples, Math.min(c, channels - 1), channels) / 257;
      // Half a level from rounding, another from resizing.
      expect(Math.abs(mean(decoded.pixels.data, c, 3) - expected)).toBeLessThan(1.5);
    }
  });

  it("gives a grey picture three equal channels", async () => {
    const decoded = await decode(await readBadInput("img/ok_gray.jpg"), "a.jpg");
    if (!decoded.ok) throw new Error(decoded.code);
    const { data } = decoded.pixels;
    expect(data.every((value, i) => value === data[i - (i % 3)])).toBe(true);
  });

  it("lays transparent pixels on white", async () => {
    const canvas = new OffscreenCanvas(2, 1);
    const context = canvas.getContext("2d") as OffscreenCanvasRenderingContext2D;
    context.fillStyle = "rgb(255 0 0 / 0.5)";
    context.fillRect(0, 0, 1, 1);
    const decoded = await decode(new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer()), "a.png", 8);
    if (!decoded.ok) throw new Error(decoded.code);
    const [left, right] = [colourAt(decoded.pixels, 0.1, 0.5), colourAt(decoded.pixels, 0.9, 0.5)];
    // Half red on white; canvas alpha has 8 bits.
    expect(left[0]).toBe(255);
    expect(Math.abs((left[1] ?? 0) - 127.5)).toBeLessThan(2);
    expect(right).toEqual([255, 255, 255]);
  });
});

describe("other kinds of pixels", () => {
  const asked = (bytes: Uint8Array<ArrayBuffer>, wanted: Wanted, path = "a.png"): Promise<Decoded> =>
    decodeImage({ file: new Blob([bytes]), path, transforms: full(8), wanted });

  it("gives grey as one channel: Pillow's luma of red, green, blue and yellow", async () => {
    const decoded = await asked(await readBadInput("img/ok.bmp"), "grey", "ok.bmp");
    if (!decoded.ok) throw new Error(decoded.code);
    const { data, channels } = decoded.pixels;
    expect(channels).toBe(1);
    const at = [9, 14, 49, 54].map((i) => data[i] as number);
    // Pure colours give 76, 150, 29 and 226; the file's are a little softer.
    expect(at.map((value, i) => Math.abs(value - ([76, 150, 29, 226][i] as number)) < 12)).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  it("reads a mask exactly through all its transforms, and a grey GIF or a JPEG as well as they go", async () => {
    const canvas = new OffscreenCanvas(16, 16);
    const context = canvas.getContext("2d", { alpha: false }) as OffscreenCanvasRenderingContext2D;
    context.fillStyle = "rgb(7 7 7)";
    context.fillRect(0, 0, 8, 16);
    const blob = async (type: string) => new Uint8Array(await (await canvas.convertToBlob({ type })).arrayBuffer());
    const png = await asked(await blob("image/png"), "ids");
    expect(png.ok && [[...new Set(png.pixels.data)].sort(), png.pixels.channels, png.notes]).toEqual([[0, 7], 1, []]);
    const jpeg = await asked(await blob("image/jpeg"), "ids", "a.jpg");
    expect(jpeg.ok && jpeg.notes).toEqual(["IMG_MASK_LOSSY"]);
    const coloured = await asked(await readBadInput("img/ok.bmp"), "ids", "ok.bmp");
    expect(coloured.ok ? "" : coloured.code).toBe("IMG_MASK_COLOURS");
  });

  it("keeps four channels of a PNG, and decodes a TIFF in a worker", async () => {
    const rgba = await asked(await readBadInput("img/rgba_alpha.png"), "bands");
    expect(rgba.ok && [rgba.pixels.channels, rgba.pixels.data.length]).toEqual([4, 256]);
    const there = createDecodePool({
      spawn: (name) => new Worker(new URL("./decodeWorker.ts", import.meta.url), { type: "module", name }),
      size: 1,
    });
    const tiff = new Blob([await readBadInput("img/ok.tif")]);
    const decoded = await there.decode({ file: tiff, path: "ok.tif", transforms: full(64) });
    const bitmap = await there.thumbnail(tiff, "ok.tif", 32);
    there.dispose();
    expect(decoded.ok && quadrants(decoded.pixels)).toEqual(RIGHT);
    expect([bitmap?.width, bitmap?.height]).toEqual([32, 24]);
  });
});

describe("the pool", () => {
  const pool = createDecodePool({
    spawn: (name) => new Worker(new URL("./decodeWorker.ts", import.meta.url), { type: "module", name }),
    size: 2,
  });
  afterAll(() => pool.dispose());

  it("decodes in workers what it decodes here, bit for bit", async () => {
    const bytes = await readBadInput("img/ok.jpg");
    const there = await pool.decode({ file: new Blob([bytes]), path: "ok.jpg", transforms: full(32) });
    expect(there).toEqual(await decode(bytes, "ok.jpg", 32));
  });

  it("answers many jobs, good and bad, each to its asker", async () => {
    const good = new Blob([await readBadInput("img/ok.jpg")]);
    const bad = new Blob([await readBadInput("img/truncated_half.jpg")]);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        pool.decode({ file: i % 3 === 0 ? bad : good, path: "a.jpg", transforms: full(8 + i) }),
      ),
    );
    expect(answers.map((one) => (one.ok ? one.pixels.width : one.code))).toEqual(
      Array.from({ length: 20 }, (_, i) => (i % 3 === 0 ? "IMG_TRUNCATED" : 8 + i)),
    );
  });

  it("rejects with the signal's reason and goes on working", async () => {
    const file = new Blob([await readBadInput("img/ok.jpg")]);
    const abort = new AbortController();
    const jobs = Array.from({ length: 6 }, () =>
      pool.decode({ file, path: "a.jpg", transforms: full(8) }, abort.signal),
    );
    abort.abort(new Error("enough"));
    const settled = await Promise.allSettled(jobs);
    expect(settled.every(({ status }) => status === "rejected")).toBe(true);
    expect((await pool.decode({ file, path: "a.jpg", transforms: full(8) })).ok).toBe(true);
  });

  it("makes upright thumbnails of the asked size", async () => {
    const bitmap = await pool.thumbnail(new Blob([await readBadInput("img/exif_orient_6.jpg")]), "a.jpg", 32);
    expect([bitmap?.width, bitmap?.height]).toEqual([32, 24]);
  });

  it("gives a hanging or crashing decoder up after one picture", async () => {
    const code =
      "onmessage = ({data}) => { if (data.job.path === 'hang') for (;;); if (data.job.path === 'crash') throw 1; postMessage({id: data.id, do: 'decode', decoded: {ok: false, code: 'HERE', reason: ''}}); }";
    const frail = createDecodePool({
      spawn: () => new Worker(URL.createObjectURL(new Blob([code]))),
      size: 1,
      timeout: 500,
    });
    const ask = (path: string) => frail.decode({ file: new Blob(), path, transforms: [] });
    const answers = await Promise.all([ask("hang"), ask("crash"), ask("fine")]);
    frail.dispose();
    expect(answers.map((one) => (one.ok ? "" : `${one.code}: ${one.reason}`))).toEqual([
      "IMG_DECODE: decoding took too long",
      "IMG_DECODE: the decoder crashed on it",
      "HERE: ",
    ]);
  });
});
