// The gradients of a U-Net's kernels against finite differences, and values that can be worked out by hand.
import { tensor } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { openCpu } from "../testing/cpuDevice";
import { gradientErrors, normals } from "../testing/finiteDifferences";
import { readback } from "../tensor/readback";
import { addBias } from "./addBias";
import { cornerBlur } from "./cornerBlur";
import { nearestResize } from "./nearestResize";
import { pixelShuffle } from "./pixelShuffle";
import { spectralNorm } from "./spectralNorm";
import { weightNorm } from "./weightNorm";

beforeAll(() => openCpu());

async function checkGradients(f: (...xs: Tensor[]) => Tensor, shapes: readonly (readonly number[])[], step = 2e-3) {
  for (const { input, size, error } of await gradientErrors(f, shapes, step)) {
    expect(size, `gradient ${input} is not zero`).toBeGreaterThan(0);
    // float32 forward passes and their differences.
    expect(error, `input ${input}`).toBeLessThan(5e-3);
  }
}

describe("gradients agree with finite differences", () => {
  test.each([false, true])("addBias, ReLU %s", (relu) =>
    checkGradients(
      (x, bias) => addBias(x as Tensor, bias as Tensor, { relu }),
      [[2, 3, 4, 5], [5]],
      // Small, so that no value crosses the kink on its way.
      1e-4,
    ),
  );
  test("pixelShuffle", () => checkGradients((x) => pixelShuffle(x as Tensor4D), [[2, 3, 2, 12]]));
  test("cornerBlur", () => checkGradients((x) => cornerBlur(x as Tensor4D), [[2, 3, 4, 3]]));
  test.each([[[5, 3]], [[2, 2]], [[7, 9]]] as const)("nearestResize to %j", (size) =>
    checkGradients((x) => nearestResize(x as Tensor4D, size), [[2, 4, 5, 2]]),
  );
  test("weightNorm", () =>
    checkGradients((v, g) => weightNorm(v as Tensor, g as Tensor), [[3, 3, 2, 4], [1, 1, 1, 4]])); // prettier-ignore
  test("spectralNorm, with its vectors held", () =>
    checkGradients(
      (w) => {
        const [u, v] = [tensor(normals("u", [4])), tensor(normals("v", [18]))];
        return spectralNorm(w as Tensor, { u, v, taps: 9, training: false });
      },
      [[3, 3, 2, 4]],
      1e-4,
    ));
});

describe("values that can be worked out by hand", () => {
  const read = async (t: Tensor): Promise<number[]> => [...(await readback(t))];

  test("pixelShuffle orders channels as PyTorch", async () => {
    // One pixel with the channels of two outputs: 0–3 are the square of the first, 4–7 of the second.
    const y = pixelShuffle(tensor([0, 1, 2, 3, 4, 5, 6, 7], [1, 1, 1, 8]) as Tensor4D);
    expect(y.shape).toEqual([1, 2, 2, 2]);
    expect(await read(y)).toEqual([0, 4, 1, 5, 2, 6, 3, 7]);
  });

  test("cornerBlur repeats the first row and column", async () => {
    const y = cornerBlur(tensor([4, 8, 12, 16], [1, 2, 2, 1]) as Tensor4D);
    expect(await read(y)).toEqual([4, 6, 8, 10]);
  });

  test("nearestResize copies from the rounded-down place", async () => {
    const x = tensor([0, 1, 2, 3], [1, 1, 4, 1]) as Tensor4D;
    expect(await read(nearestResize(x, [1, 3]))).toEqual([0, 1, 2]);
    expect(await read(nearestResize(x, [2, 5]))).toEqual([0, 0, 1, 2, 3, 0, 0, 1, 2, 3]);
  });

  test("spectralNorm ends at the largest singular value", async () => {
    const [u, v] = [tensor([0.6, 0.8]), tensor([0.8, 0.6])];
    const w = tensor([3, 0, 0, 1], [1, 1, 2, 2]);
    for (let i = 0; i < 20; i += 1) spectralNorm(w, { u, v, taps: 1, training: true }).dispose();
    const y = await read(spectralNorm(w, { u, v, taps: 1, training: false }));
    [1, 0, 0, 1 / 3].forEach((value, i) => expect(y[i]).toBeCloseTo(value, 6));
    expect((await read(u)).map(Math.abs).map((x) => Math.round(x * 1e6))).toEqual([1e6, 0]);
  });
});
