// Batch augmentation on the GPU: against its CPU reference, against exact pixels, and against what fastai computes.
import type { Tensor } from "@tensorflow/tfjs-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Problem } from "../base/problem";
import { createRng } from "../base/rng";
import { compareBackends, runOn } from "../tensor/compareBackends";
import { attachCounters } from "../tensor/counters";
import { openDevice } from "../tensor/device";
import type { Device } from "../tensor/device";
import { readback } from "../tensor/readback";
import { augmentImages, augmentMasks, uploadImages } from "./augmentImages";
import type { AugmentOptions } from "./augmentImages";
import type { PictureMap } from "./augmentPlan";

let device: Device;
const problems: Problem[] = [];

beforeAll(async () => {
  device = await openDevice({ onProblem: (problem) => problems.push(problem) });
});
afterAll(() => device.close());
afterEach(async () => {
  await (device.gpu as GPUDevice).queue.onSubmittedWorkDone();
  expect(problems).toEqual([]);
});

const plain = { mean: [0, 0, 0], std: [1, 1, 1] };

function bytesOf(batch: number, height: number, width: number): Uint8Array {
  const rng = createRng("augment", batch, height, width);
  return Uint8Array.from({ length: batch * height * width * 3 }, () => rng.below(256));
}

async function run(bytes: Uint8Array, shape: [number, number, number], options: AugmentOptions) {
  const images = uploadImages(bytes, shape);
  const y = augmentImages(images, options);
  const values = await readback(y);
  y.dispose();
  images.dispose();
  return values;
}

const asBytes = (values: ArrayLike<number>): number[] => Array.from(values, (v) => v * 255);

function expectBytes(values: ArrayLike<number>, expected: ArrayLike<number>): void {
  // Division by 255 rounds to within 2.5 units in the last place.
  asBytes(values).forEach((v, i) => expect(Math.abs(v - (expected[i] as number))).toBeLessThan(1e-4));
}

describe("exact pixels", () => {
  const [h, w] = [37, 41];
  const bytes = bytesOf(2, h, w);
  const pick = (f: (y: number, x: number) => [number, number], oh = h, ow = w): number[] => {
    const out: number[] = [];
    for (let b = 0; b < 2; b += 1)
      for (let y = 0; y < oh; y += 1)
        for (let x = 0; x < ow; x += 1) {
          const [sy, sx] = f(y, x);
          for (let c = 0; c < 3; c += 1) out.push(bytes[((b * h + sy) * w + sx) * 3 + c] as number);
        }
    return out;
  };

  test("the identity gives every pixel unchanged", async () => {
    expectBytes(await run(bytes, [2, h, w], { size: [h, w], ...plain }), bytes);
  });

  test("a flip mirrors the columns", async () => {
    const flip: PictureMap = { toSource: [-1, 0, 0, 0, 1, 0, 0, 0, 1] };
    const values = await run(bytes, [2, h, w], { size: [h, w], ...plain, maps: [flip, flip] });
    expectBytes(
      values,
      pick((y, x) => [y, w - 1 - x]),
    );
  });

  test("a transposition swaps rows and columns", async () => {
    const swap: PictureMap = { toSource: [0, 1, 0, 1, 0, 0, 0, 0, 1] };
    const values = await run(bytes, [2, h, w], { size: [w, h], ...plain, maps: [swap, swap] });
    expectBytes(
      values,
      pick((y, x) => [x, y], w, h),
    );
  });

  test("each image has its own matrix", async () => {
    const maps: PictureMap[] = [{}, { toSource: [1, 0, 0, 0, -1, 0, 0, 0, 1] }];
    const values = await run(bytes, [2, h, w], { size: [h, w], ...plain, maps });
    const mirrored = pick((y, x) => [h - 1 - y, x]);
    expectBytes(values, [...bytes.subarray(0, h * w * 3), ...mirrored.slice(h * w * 3)]);
  });

  test("a shift by whole pixels reflects, repeats or blanks what lies beyond the edge", async () => {
    const shifted: PictureMap = { toSource: [1, 0, (2 * 3) / (w - 1), 0, 1, (2 * -2) / (h - 1), 0, 0, 1] };
    const mirror = (v: number, n: number): number => (v < 0 ? -v : v > n - 1 ? 2 * (n - 1) - v : v);
    const options = { size: [h, w] as [number, number], ...plain, maps: [shifted, shifted] };
    expectBytes(
      await run(bytes, [2, h, w], options),
      pick((y, x) => [mirror(y - 2, h), mirror(x + 3, w)]),
    );
    expectBytes(
      await run(bytes, [2, h, w], { ...options, padding: "border" }),
      pick((y, x) => [Math.max(y - 2, 0), Math.min(x + 3, w - 1)]),
    );
    const zeros = await run(bytes, [2, h, w], { ...options, padding: "zeros" });
    expect([...zeros.subarray(0, 2 * w * 3)].every((v) => Math.abs(v) < 1e-4)).toBe(true);
  });

  test("normalisation subtracts the mean and divides by the deviation", async () => {
    const values = await run(bytes, [2, h, w], { size: [h, w], mean: [0.5, 0.25, 0], std: [0.5, 2, 0.1] });
    const [r, g, b] = values as unknown as [number, number, number];
    expect(r).toBeCloseTo(((bytes[0] as number) / 255 - 0.5) / 0.5, 5);
    expect(g).toBeCloseTo(((bytes[1] as number) / 255 - 0.25) / 2, 5);
    expect(b).toBeCloseTo((bytes[2] as number) / 255 / 0.1, 4);
  });
});

/** Everything that a map can say, for three pictures. */
const mixed: readonly PictureMap[] = [
  { toSource: [0.8, -0.3, 0.1, 0.3, 0.9, -0.2, 0, 0, 1], holes: [[2, 9, 4, 30]] },
  { toSource: [1.7, 0.4, 0.9, -0.2, 1.9, -1.3, 0, 0, 1], scale: 1.4, shift: 0.3, noise: { channel: 1, amount: 0.4 }, seed: 7 }, // prettier-ignore
  { toSource: [1, 0.1, 0, 0, 1, 0.05, 0.1, -0.15, 1], scale: 0.7, shift: -0.5, jitter: 0.05, seed: 12345, offset: [-3, 2] }, // prettier-ignore
];
const pads = [
  { padding: "reflection", grid: [25, 25], gridPadding: "border", pad: null },
  { padding: "border", grid: [25, 29], gridPadding: "zeros", pad: { rows: 2, columns: 3, padding: "reflection" } },
  { padding: "zeros", grid: [31, 27], gridPadding: "reflection", pad: { rows: 4, columns: 1, padding: "zeros" } },
] as const;

describe("the GPU agrees with the reference", () => {
  test.each([1, 2, 3, 5])("on pictures of %i channels", async (channels) => {
    const rng = createRng("channels", channels);
    const bytes = Uint8Array.from({ length: 3 * 33 * 29 * channels }, () => rng.below(256));
    const stats = { mean: Array.from({ length: channels }, (_, c) => c / 10), std: Array.from({ length: channels }, () => 0.5) }; // prettier-ignore
    // Every program is compiled anew: all paddings for one number of channels, one for the others.
    for (const sizes of channels === 3 ? pads : pads.slice(2)) {
      const errors = await compareBackends((): Record<string, Tensor> => {
        const images = uploadImages(bytes, [3, 33, 29, channels]);
        return { y: augmentImages(images, { size: [31, 27], ...stats, ...sizes, maps: mixed }) };
      });
      // Coordinates near 30 are good to 2e-6 pixels, and neighbours differ by up to 1.
      expect(errors["y"], sizes.padding).toBeLessThan(5e-5);
    }
  });

  test("on floats, and where pictures are averaged down first", async () => {
    const rng = createRng("floats");
    const values = Float32Array.from({ length: 2 * 40 * 36 * 3 }, () => rng.uniform());
    const maps: PictureMap[] = [{ reduced: [17, 13] }, { toSource: [0.9, 0.2, 0, -0.1, 0.9, 0, 0, 0, 1] }];
    const errors = await compareBackends((): Record<string, Tensor> => {
      const images = uploadImages(values, [2, 40, 36]);
      return { y: augmentImages(images, { size: [12, 12], ...plain, maps }) };
    });
    expect(errors["y"]).toBeLessThan(5e-5);
  });

  test("on masks, which take the nearest id and never a new one", async () => {
    const rng = createRng("masks");
    const ids = Uint8Array.from({ length: 3 * 33 * 29 }, () => 10 * rng.below(20));
    for (const sizes of pads) {
      const compute = (): Record<string, Tensor> => {
        const masks = uploadImages(ids, [3, 33, 29, 1]);
        return { y: augmentMasks(masks, { size: [31, 27], ...sizes, maps: mixed, ignored: 70 }) };
      };
      const [expected, actual] = [await runOn("cpu", compute), await runOn("webgpu", compute)];
      const y = expected["y"] as Int32Array;
      const different = y.reduce((sum, value, i) => sum + (value === actual["y"]?.[i] ? 0 : 1), 0);
      // Only places halfway between two pixels may fall to either side; these matrices are short decimals and have a few.
      expect(different / y.length, sizes.padding).toBeLessThan(0.005);
    }
    const masks = uploadImages(ids, [3, 33, 29, 1]);
    const y = augmentMasks(masks, { size: [31, 27], ...pads[1], maps: mixed, ignored: 70 });
    const values = new Set(await readback(y));
    expect(values.has(-1)).toBe(true);
    expect([...values].every((value) => value === -1 || (value % 10 === 0 && value < 200 && value !== 70))).toBe(true);
    y.dispose();
    masks.dispose();
  });
});

test("averages the source down to the reduced size, each pixel once", async () => {
  // 6 × 6 → 3 × 3: means of blocks of four.
  const values = Float32Array.from({ length: 36 }, (_, i) => i / 36);
  const images = uploadImages(values, [1, 6, 6, 1]);
  const y = augmentImages(images, { size: [3, 3], mean: [0], std: [1], maps: [{ reduced: [3, 3] }] });
  const means = [3.5, 5.5, 7.5, 15.5, 17.5, 19.5, 27.5, 29.5, 31.5];
  (await readback(y)).forEach((value, i) => expect(value * 36).toBeCloseTo(means[i] as number, 4));
  y.dispose();
  images.dispose();
});

test("a rim widens the picture by what its padding says", async () => {
  const images = uploadImages(Uint8Array.of(10, 20, 30, 40), [1, 1, 4, 1]);
  const rim = async (padding: "reflection" | "border" | "zeros"): Promise<number[]> => {
    const y = augmentImages(images, { size: [1, 8], mean: [0], std: [1], pad: { rows: 0, columns: 2, padding } });
    const values = Array.from(await readback(y), (value) => Math.round(value * 255));
    y.dispose();
    return values;
  };
  expect(await rim("reflection")).toEqual([30, 20, 10, 20, 30, 40, 30, 20]);
  expect(await rim("border")).toEqual([10, 10, 10, 20, 30, 40, 40, 40]);
  expect(await rim("zeros")).toEqual([0, 0, 10, 20, 30, 40, 0, 0]);
  images.dispose();
});

test("refuses statistics for another number of channels, and masks of several", () => {
  const images = uploadImages(new Uint8Array(8), [1, 2, 2, 2]);
  expect(() => augmentImages(images, { size: [2, 2], ...plain })).toThrow("2 channels");
  expect(() => augmentMasks(images, { size: [2, 2] })).toThrow("one channel");
  expect(() => augmentImages(images, { size: [2, 2], mean: [0, 0], std: [1, 1], maps: [{}, {}] })).toThrow("2 maps");
  images.dispose();
});

test("one dispatch, and the upload is the bytes", () => {
  const bytes = bytesOf(4, 32, 32);
  const counters = attachCounters(device.gpu as GPUDevice);
  const images = uploadImages(bytes, [4, 32, 32]);
  augmentImages(images, { size: [32, 32], ...plain }).dispose();
  const counts = counters.read();
  counters.detach();
  images.dispose();
  expect(counts).toMatchObject({ dispatches: 1, mappedBytes: 0 });
  expect(counts.writtenBytes).toBeLessThan(bytes.length + 4 * 28 * 4 + 200);
});
