// Batch augmentation on the GPU: against its CPU reference, against exact pixels, and against what fastai computes.
import type { Tensor } from "@tensorflow/tfjs-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Problem } from "../base/problem";
import { createRng } from "../base/rng";
import { hasShared, readShared, readSharedJson } from "../testing/shared";
import { compareBackends } from "../tensor/compareBackends";
import { attachCounters } from "../tensor/counters";
import { openDevice } from "../tensor/device";
import type { Device } from "../tensor/device";
import { readback } from "../tensor/readback";
import { augmentImages, uploadImages } from "./augmentImages";
import type { AugmentOptions } from "./augmentImages";

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
    const flip = [-1, 0, 0, 0, 1, 0];
    const values = await run(bytes, [2, h, w], { size: [h, w], ...plain, matrices: [...flip, ...flip] });
    expectBytes(
      values,
      pick((y, x) => [y, w - 1 - x]),
    );
  });

  test("a transposition swaps rows and columns", async () => {
    const swap = [0, 1, 0, 1, 0, 0];
    const values = await run(bytes, [2, h, w], { size: [w, h], ...plain, matrices: [...swap, ...swap] });
    expectBytes(
      values,
      pick((y, x) => [x, y], w, h),
    );
  });

  test("each image has its own matrix", async () => {
    const matrices = [1, 0, 0, 0, 1, 0, 1, 0, 0, 0, -1, 0];
    const values = await run(bytes, [2, h, w], { size: [h, w], ...plain, matrices });
    const mirrored = pick((y, x) => [h - 1 - y, x]);
    expectBytes(values, [...bytes.subarray(0, h * w * 3), ...mirrored.slice(h * w * 3)]);
  });

  test("a shift by whole pixels reflects, repeats or blanks what lies beyond the edge", async () => {
    const matrices = [1, 0, (2 * 3) / (w - 1), 0, 1, (2 * -2) / (h - 1)];
    const both = [...matrices, ...matrices];
    const mirror = (v: number, n: number): number => (v < 0 ? -v : v > n - 1 ? 2 * (n - 1) - v : v);
    const options = { size: [h, w] as [number, number], ...plain, matrices: both };
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

test("the GPU agrees with the reference for a mixed batch", async () => {
  const bytes = bytesOf(3, 33, 29);
  const matrices = [
    ...[0.8, -0.3, 0.1, 0.3, 0.9, -0.2, 0, 0, 1],
    ...[1.7, 0.4, 0.9, -0.2, 1.9, -1.3, 0, 0, 1],
    ...[1, 0.1, 0, 0, 1, 0.05, 0.1, -0.15, 1],
  ];
  const lighting = [1, 0, 1.4, 0.3, 0.7, -0.5];
  for (const padding of ["reflection", "border", "zeros"] as const) {
    const errors = await compareBackends((): Record<string, Tensor> => {
      const images = uploadImages(bytes, [3, 33, 29]);
      return { y: augmentImages(images, { size: [31, 27], ...plain, matrices, lighting, padding }) };
    });
    // Coordinates near 30 are good to 2e-6 pixels, and neighbours differ by up to 1.
    expect(errors["y"], padding).toBeLessThan(5e-5);
  }
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
  expect(counts.writtenBytes).toBeLessThan(bytes.length + 4 * 12 * 4 + 100);
});

interface Tensors {
  get(name: string): { shape: number[]; data: Float32Array };
}

async function readTensors(path: string): Promise<Tensors> {
  const file = await readShared(path);
  const length = Number(new DataView(file.buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length))) as Record<
    string,
    { shape: number[]; data_offsets: [number, number] }
  >;
  return {
    get(name) {
      const entry = header[name];
      if (!entry) throw new Error(`${name} is not in ${path}: ${Object.keys(header).join(" ")}`);
      const [from, to] = entry.data_offsets;
      return { shape: entry.shape, data: new Float32Array(file.slice(8 + length + from, 8 + length + to).buffer) };
    },
  };
}

type Affine = [number, number, number, number, number, number];
type Resolved = Readonly<Record<string, number>>;

function dihedral(k: number): Affine {
  const x = k & 1 ? -1 : 1;
  const y = k & 2 ? -1 : 1;
  return k & 4 ? [0, x, 0, y, 0, 0] : [x, 0, 0, 0, y, 0];
}

/** fastai's matrices of the transforms that this kernel covers. */
const affines: Readonly<Record<string, (r: Resolved) => Affine>> = {
  rotate({ degrees = 0 }) {
    const angle = (degrees * Math.PI) / 180;
    return [Math.cos(angle), -Math.sin(angle), 0, Math.sin(angle), Math.cos(angle), 0];
  },
  zoom({ scale = 1, row_pct = 0.5, col_pct = 0.5 }) {
    const rest = 1 - 1 / scale;
    return [1 / scale, 0, rest * (2 * col_pct - 1), 0, 1 / scale, rest * (2 * row_pct - 1)];
  },
  squish: ({ scale = 1, col_pct = 0.5 }) => [scale, 0, (1 - scale) * (2 * col_pct - 1), 0, 1, 0],
  flip_lr: () => [-1, 0, 0, 0, 1, 0],
  dihedral: ({ k = 0 }) => [k & 2 ? -1 : 1, 0, 0, 0, k & 1 ? -1 : 1, 0],
  dihedral_affine: ({ k = 0 }) => dihedral(k),
};

const logit = (v: number): number => -Math.log(1 / v - 1);

describe.skipIf(!hasShared)("fastai's results (reference data beside the repository)", () => {
  const names = [
    "rotate30_zeros rotate30_border rotate30_reflection zoom squish flip dihedral0 dihedral1 dihedral2 dihedral3",
    "dihedral_affine4 dihedral_affine5 dihedral_affine6 dihedral_affine7 brightness contrast",
  ].flatMap((line) => line.split(" "));
  test.each(names)("%s", async (name) => {
    const cases =
      await readSharedJson<
        Record<
          string,
          { tfms: { name: string; resolved: Resolved }[]; kw: { padding_mode?: AugmentOptions["padding"] } }
        >
      >("reference/augment.json");
    const tensors = await readTensors("reference/augment.safetensors");
    const { shape, data } = tensors.get("image");
    const [channels, h, w] = shape as [number, number, number];
    const expected = tensors.get(`${name}.image`).data;
    // [3, H, W] floats → [H, W, 3] bytes.
    const bytes = Uint8Array.from({ length: h * w * 3 }, (_, i) =>
      Math.round((data[(i % 3) * h * w + Math.floor(i / 3)] as number) * 255),
    );
    const { tfms, kw } = cases[name] as NonNullable<(typeof cases)[string]>;
    const [{ name: kind, resolved }] = tfms as [{ name: string; resolved: Resolved }];
    const matrix = affines[kind]?.(resolved) ?? [1, 0, 0, 0, 1, 0];
    // fastai corrects the off-diagonals by the aspect ratio before it uses them.
    matrix[1] *= h / w;
    matrix[3] *= w / h;
    const lighting = { brightness: [1, logit(resolved["change"] ?? 0.5)], contrast: [resolved["scale"] ?? 1, 0] }[kind];
    const values = await run(bytes, [1, h, w], {
      size: [h, w],
      ...plain,
      matrices: matrix,
      ...(lighting ? { lighting } : {}),
      padding: kw.padding_mode ?? "reflection",
    });
    expect(channels).toBe(3);
    const errors = Array.from(expected, (v, i) => {
      const [c, pixel] = [Math.floor(i / (h * w)), i % (h * w)];
      return Math.abs(v - (values[pixel * 3 + c] as number));
    });
    // The input is rounded to bytes here: half of 1/255, and contrast and brightness may double it.
    const tolerance = 2e-3 + 0.5 / 255 + (lighting ? 1.2 / 255 : 0);
    expect(errors.filter((e) => e <= tolerance).length / errors.length).toBeGreaterThanOrEqual(0.99);
  });
});
