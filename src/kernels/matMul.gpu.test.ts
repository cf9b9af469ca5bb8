// tf.matMul on our kernels against tfjs's cpu kernel, in every variant and orientation.
import { grads, matMul, tensor } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Problem } from "../base/problem";
import { relativeError, runOn } from "../tensor/compareBackends";
import { openDevice } from "../tensor/device";
import type { Device } from "../tensor/device";
import { forceConvStyle } from "./convRun";
import "./matMul";

let device: Device;
const problems: Problem[] = [];

beforeAll(async () => {
  device = await openDevice({ onProblem: (problem) => problems.push(problem) });
});
afterAll(() => device.close());
afterEach(() => {
  forceConvStyle(null);
  expect(problems).toEqual([]);
});

function noise(shape: number[], seed: number): Tensor {
  const n = shape.reduce((product, size) => product * size, 1);
  return tensor(
    Float32Array.from({ length: n }, (_, i) => ((i * 7919 + seed * 104729) % 2039) / 1020 - 1),
    shape,
  );
}

/** Rows, depth, columns of the product. */
const sizes = [
  [16, 32, 8],
  [5, 17, 3],
  [33, 70, 36],
  [300, 24, 260],
  [1, 512, 37],
] as const;

const orientations = [
  [false, false],
  [false, true],
  [true, false],
] as const;

test("both transposed stays with the stock kernel", async () => {
  const compute = () => ({ c: matMul(noise([6, 8], 1), noise([5, 6], 2), true, true) });
  const expected = await runOn("cpu", compute);
  expect(relativeError((await runOn("webgpu", compute))["c"]!, expected["c"]!)).toBeLessThan(1e-6);
});

describe.each(["tiled", "block"] as const)("%s", (kind) => {
  test.each(sizes)("%i x %i times %i columns, plain and transposed, with gradients", async (rows, depth, columns) => {
    forceConvStyle({ kind, lanes: 0 });
    for (const [transposeA, transposeB] of orientations) {
      const compute = () => {
        const a = noise(transposeA ? [depth, rows] : [rows, depth], 1);
        const b = noise(transposeB ? [columns, depth] : [depth, columns], 2);
        const product = (x: Tensor, y: Tensor) => matMul(x, y, transposeA, transposeB);
        const [da, db] = grads(product)([a, b], noise([rows, columns], 3)) as [Tensor, Tensor];
        return { c: product(a, b), da, db };
      };
      const expected = await runOn("cpu", compute);
      const actual = await runOn("webgpu", compute);
      // float32 sums of up to 512 products in another order than the cpu's.
      for (const name of ["c", "da", "db"]) {
        expect(relativeError(actual[name]!, expected[name]!), name).toBeLessThan(3e-6);
      }
    }
  });

  test("a batch of matrices keeps its shape", async () => {
    forceConvStyle({ kind, lanes: 0 });
    const compute = () => ({
      one: matMul(noise([1, 6, 8], 1), noise([1, 8, 5], 2)),
      many: matMul(noise([3, 6, 8], 1), noise([3, 8, 5], 2)),
    });
    const expected = await runOn("cpu", compute);
    const actual = await runOn("webgpu", compute);
    expect(relativeError(actual["one"]!, expected["one"]!)).toBeLessThan(3e-6);
    expect(relativeError(actual["many"]!, expected["many"]!)).toBeLessThan(3e-6);
    expect(matMul(noise([1, 6, 8], 1), noise([1, 8, 5], 2)).shape).toEqual([1, 6, 5]);
  });
});
