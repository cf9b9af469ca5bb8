// Grouped and depthwise convolutions and ReLU6 on WebGPU against their CPU references, finite differences and tf's own.
import { conv2d, depthwiseConv2d, grads, mul, reshape, sum, tensor } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Problem } from "../base/problem";
import { compareBackends, relativeError } from "../tensor/compareBackends";
import { openDevice } from "../tensor/device";
import type { Device } from "../tensor/device";
import { liveTensors } from "../tensor/scope";
import { gradientErrors, normals } from "../testing/finiteDifferences";
import { groupedConvolution } from "./groupedConvolution";
import { relu6 } from "./relu";

let device: Device;
const problems: Problem[] = [];
let before = 0;

beforeAll(async () => {
  device = await openDevice({ onProblem: (problem) => problems.push(problem) });
});
afterAll(() => device.close());
beforeEach(() => {
  before = liveTensors();
  problems.length = 0;
});
afterEach(async () => {
  await (device.gpu as GPUDevice).queue.onSubmittedWorkDone();
  expect(problems.map(({ debug }) => debug)).toEqual([]);
  expect(liveTensors()).toBe(before);
});

const randn = (name: string, shape: readonly number[]): Tensor => tensor(normals(name, shape), [...shape]);

const cases = [
  { name: "depthwise, four channels at once", x: [2, 9, 8, 16], w: [3, 3, 1, 16], groups: 16, stride: 1, pad: 1 },
  { name: "depthwise, stride 2, odd", x: [2, 7, 9, 12], w: [3, 3, 1, 12], groups: 12, stride: 2, pad: 1 },
  { name: "depthwise of 5 channels", x: [1, 6, 5, 5], w: [3, 3, 1, 5], groups: 5, stride: 1, pad: 0 },
  { name: "two outputs a channel", x: [2, 6, 6, 6], w: [3, 3, 1, 12], groups: 6, stride: 1, pad: 1 },
  { name: "three groups", x: [2, 8, 7, 12], w: [3, 3, 4, 9], groups: 3, stride: 2, pad: 1 },
  { name: "one group", x: [1, 5, 6, 3], w: [1, 1, 3, 4], groups: 1, stride: 1, pad: 0 },
] as const;

describe.each(cases)("$name", ({ x, w, ...options }) => {
  const f = (a: Tensor, b: Tensor) => groupedConvolution(a as Tensor4D, b as Tensor4D, options);

  test("matches the reference with gradients, and finite differences", async () => {
    const errors = await compareBackends(() => {
      const xs = [randn("x", x), randn("w", w)];
      const y = f(...(xs as [Tensor, Tensor]));
      const r = randn("r", y.shape);
      const found = grads((a: Tensor, b: Tensor) => sum(mul(f(a, b), r)))(xs);
      return { y, dx: found[0] as Tensor, dw: found[1] as Tensor };
    });
    for (const [name, error] of Object.entries(errors)) expect(error, name).toBeLessThan(2e-6);
    for (const { error } of await gradientErrors(f as (...xs: Tensor[]) => Tensor, [x, w], 1e-2)) expect(error).toBeLessThan(1e-3); // prettier-ignore
  });
});

test("agrees with tf's own convolutions", async () => {
  const [x, w, deep] = [randn("x", [2, 8, 7, 12]), randn("w", [3, 3, 12, 5]), randn("d", [3, 3, 12, 1])];
  const one = groupedConvolution(x as Tensor4D, w as Tensor4D, { stride: 2, pad: 1, groups: 1 });
  const flat = reshape(deep, [3, 3, 1, 12]);
  const many = groupedConvolution(x as Tensor4D, flat as Tensor4D, { stride: 1, pad: 1, groups: 12 });
  const pads = [[0, 0], [1, 1], [1, 1], [0, 0]] as [[number, number], [number, number], [number, number], [number, number]]; // prettier-ignore
  const wanted = [conv2d(x as Tensor4D, w as Tensor4D, 2, pads), depthwiseConv2d(x as Tensor4D, deep as Tensor4D, 1, "same")]; // prettier-ignore
  const values = await Promise.all([one, many, ...wanted].map((t) => t.data()));
  expect(relativeError(values[0] as Float32Array, values[2] as Float32Array)).toBeLessThan(2e-6);
  expect(relativeError(values[1] as Float32Array, values[3] as Float32Array)).toBeLessThan(2e-6);
  for (const t of [x, w, deep, one, flat, many, ...wanted]) t.dispose();
});

test.each([[[2048]], [[3, 701]]])("relu6 matches the reference with its gradient, %j", async (shape) => {
  const errors = await compareBackends(() => {
    const x = mul(randn("x", shape), 5);
    const [dx] = grads((a: Tensor) => sum(mul(relu6(a), randn("r", shape))))([x]);
    return { y: relu6(x), dx: dx as Tensor };
  });
  expect(errors).toEqual({ y: 0, dx: 0 });
});
