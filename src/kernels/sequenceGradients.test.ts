// The gradients of the kernels for sequences against finite differences, and values that can be worked out by hand.
import { tensor } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor2D, Tensor3D } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { valueAndGradients } from "../tensor/gradients";
import { readback } from "../tensor/readback";
import { liveTensors } from "../tensor/scope";
import { tensorOf } from "../tensor/writeTensor";
import { openCpu } from "../testing/cpuDevice";
import { gradientErrors, normals } from "../testing/finiteDifferences";
import { sequenceKernelCases } from "../testing/sequenceKernelCases";
import { activationPenalty } from "./activationPenalty";
import { embedding } from "./embedding";
import { lstm } from "./lstm";
import { maskedConcatPool } from "./maskedConcatPool";
import { sequenceDropout } from "./sequenceDropout";

beforeAll(() => openCpu());

const ints = (values: number[], shape: number[]) => tensorOf(new Int32Array(values), shape, "int32");
const state = (name: string, shape: [number, number]) => tensor(normals(name, shape), shape) as Tensor2D;

async function expectGradients(f: (...xs: Tensor[]) => Tensor, shapes: readonly (readonly number[])[]): Promise<void> {
  const before = liveTensors();
  for (const { input, size, error } of await gradientErrors(f, shapes)) {
    expect(size, `gradient ${input} is not zero`).toBeGreaterThan(0);
    // float32 forward passes, differences of 0.002.
    expect(error, `input ${input}`).toBeLessThan(5e-3);
  }
  expect(liveTensors()).toBe(before);
}

describe("gradients agree with finite differences", () => {
  test.each([
    [3, 5, 4],
    [1, 1, 3],
    [2, 7, 1],
  ])("lstm, batch %i, %i steps, %i units", (batch, steps, hidden) =>
    expectGradients(
      (xg, whh, bias) => {
        const [h0, c0] = [state("h0", [batch, hidden]), state("c0", [batch, hidden])];
        return lstm({ xg: xg as Tensor3D, whh: whh as Tensor2D, bias: bias as Tensor, h0, c0 }).y;
      },
      [[batch, steps, 4 * hidden], [hidden, 4 * hidden], [4 * hidden]],
    ),
  );

  const ids = () => ints([3, 1, 0, 3, 3, 5, 1, 2], [2, 4]);
  test("embedding", () => expectGradients((table) => embedding(table as Tensor2D, ids()), [[6, 3]]));
  test("embedding, with rows dropped", () =>
    expectGradients((table) => embedding(table as Tensor2D, ids(), { p: 0.5, seed: 4, stream: 2 }), [[6, 3]]));
  test("sequenceDropout", () =>
    expectGradients((x) => sequenceDropout(x as Tensor3D, { p: 0.4, seed: 1, stream: 7 }), [[3, 4, 5]]));
  test("maskedConcatPool", () =>
    expectGradients((x) => maskedConcatPool(x as Tensor3D, ints([1, 1, 4, 5, 1, 2, 3, 9], [2, 4]), 1), [[2, 4, 3]]));
  test("activationPenalty", () =>
    expectGradients((h) => activationPenalty(h as Tensor3D, { alpha: 2, beta: 1 }), [[3, 4, 5]]));
});

// A drop of every row would leave nothing to compare: the seeds are such that none does.
describe.each([1, 2, 3])("gradients agree with finite differences on random shapes, seed %i", (seed) => {
  for (const { name, f, shapes } of sequenceKernelCases(seed)) {
    test(name, () => expectGradients(f, shapes));
  }
});

describe("values that can be worked out by hand", () => {
  const read = async (t: Tensor): Promise<number[]> => [...(await readback(t))];

  test("an LSTM that only forgets keeps its cell: gates come in the order i, f, g, o", async () => {
    // i = σ(−30) = 0, f = σ(30) = 1, g = tanh(0), o = σ(30) = 1.
    const bias = tensor([-30, 30, 0, 30]);
    const inputs = {
      xg: tensor(new Float32Array(8), [1, 2, 4]) as Tensor3D,
      whh: tensor([0, 0, 0, 0], [1, 4]) as Tensor2D,
      bias,
    };
    const { y, h, c } = lstm({ ...inputs, h0: tensor([0], [1, 1]) as Tensor2D, c0: tensor([0.5], [1, 1]) as Tensor2D });
    expect(await read(c)).toEqual([0.5]);
    expect(await read(y)).toEqual([Math.fround(Math.tanh(0.5)), Math.fround(Math.tanh(0.5))]);
    expect(await read(h)).toEqual([Math.fround(Math.tanh(0.5))]);
  });

  test("shapes that do not go together are refused", () => {
    const zeros = (shape: number[]) => tensor(new Float32Array(shape.reduce((a, b) => a * b, 1)), shape);
    const inputs = { xg: zeros([1, 2, 8]), whh: zeros([2, 8]), bias: zeros([8]), h0: zeros([1, 3]), c0: zeros([1, 2]) };
    expect(() => lstm(inputs as never)).toThrow("h0 [1,3]");
  });

  test("a padding row is looked up but gets no gradient; an id outside the table is zeros", async () => {
    const table = tensor([1, 2, 3], [3, 1]) as Tensor2D;
    const ids = ints([1, 0, 1, 7, -2], [5]);
    const { value, grads } = valueAndGradients(() => embedding(table, ids, { padding: 1 }), [table], tensor([1, 2, 4, 8, 16], [5, 1])); // prettier-ignore
    expect(await read(value)).toEqual([2, 1, 2, 0, 0]);
    expect(await read(grads[0] as Tensor)).toEqual([2, 0, 0]);
  });

  test("dropped rows of a table are dropped wherever they occur, the others are scaled", async () => {
    const table = tensor(new Float32Array(400).fill(1), [400, 1]) as Tensor2D;
    const ids = ints(
      Array.from({ length: 800 }, (_, i) => i % 400),
      [2, 400],
    );
    const y = await read(embedding(table, ids, { p: 0.25, seed: 9, stream: 1 }));
    expect(y.slice(0, 400)).toEqual(y.slice(400));
    expect(new Set(y)).toEqual(new Set([0, Math.fround(4 / 3)]));
    const dropped = y.slice(0, 400).filter((v) => v === 0).length;
    // Binomial(400, 0.25): five standard deviations are 43.
    expect(Math.abs(dropped - 100)).toBeLessThan(43);
  });

  test("sequenceDropout drops a feature at every step or at none", async () => {
    const y = await read(sequenceDropout(tensor(new Float32Array(2 * 3 * 50).fill(1), [2, 3, 50]) as Tensor3D, { p: 0.5, seed: 3, stream: 0 })); // prettier-ignore
    expect(y.slice(0, 50)).toEqual(y.slice(50, 100));
    expect(y.slice(0, 50)).toEqual(y.slice(100, 150));
    expect(y.slice(0, 50)).not.toEqual(y.slice(150, 200));
  });

  test("maskedConcatPool: last, maxima, means, without the padding in front", async () => {
    const x = tensor([100, 200, 1, 5, 3, 4, 9, 8, 7, 6, 5, 4], [2, 3, 2]) as Tensor3D;
    expect(await read(maskedConcatPool(x, ints([1, 0, 5, 2, 3, 4], [2, 3]), 1))).toEqual([3, 4, 3, 5, 2, 4.5, 5, 4, 9, 8, 7, 6]); // prettier-ignore
    // Nothing but padding: finite, so that such a row does not spoil the batch norm of the others.
    expect(await read(maskedConcatPool(x, ints([1, 1, 1, 2, 3, 4], [2, 3]), 1))).toEqual([3, 4, 0, 0, 0, 0, 5, 4, 9, 8, 7, 6]); // prettier-ignore
  });

  test("activationPenalty: means of squares and of squared differences", async () => {
    const h = tensor([1, 2, 4, 8], [1, 2, 2]) as Tensor3D;
    // 2·(1 + 4 + 16 + 64) / 4 + (9 + 36) / 2
    expect(await read(activationPenalty(h, { alpha: 2, beta: 1 }))).toEqual([65]);
    expect(await read(activationPenalty(tensor([3], [1, 1, 1]) as Tensor3D, { alpha: 1, beta: 1 }))).toEqual([9]);
  });
});
