// A U-Net's kernels on WebGPU against their CPU references, on odd, tiny and vectorisable shapes.
import { grads, mul, sum, tensor } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Problem } from "../base/problem";
import { compareBackends } from "../tensor/compareBackends";
import { attachCounters } from "../tensor/counters";
import { openDevice } from "../tensor/device";
import type { Device } from "../tensor/device";
import { detach, valueAndGradients } from "../tensor/gradients";
import { liveTensors } from "../tensor/scope";
import { gradientErrors, normals } from "../testing/finiteDifferences";
import { addBias } from "./addBias";
import { cornerBlur } from "./cornerBlur";
import { nearestResize } from "./nearestResize";
import { pixelShuffle } from "./pixelShuffle";
import { spectralNorm } from "./spectralNorm";
import { weightNorm } from "./weightNorm";

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

/** Value and gradients of Σ f(x…)·r for a fixed random r, on both backends. */
async function expectClose(f: (...xs: Tensor[]) => Tensor, shapes: readonly (readonly number[])[], tolerance = 1e-6) {
  const errors = await compareBackends(() => {
    const xs = shapes.map((shape, i) => randn(`x${i}`, shape));
    const y = f(...xs);
    const r = randn("r", y.shape);
    const found = grads((...inputs: Tensor[]) => sum(mul(f(...inputs), r)))(xs);
    return { y, ...Object.fromEntries(found.map((g, i) => [`d${i}`, g])) };
  });
  for (const [name, error] of Object.entries(errors)) expect(error, name).toBeLessThanOrEqual(tolerance);
  for (const { input, error } of await gradientErrors(f, shapes, 1e-3)) expect(error, `input ${input}`).toBeLessThan(2e-2); // prettier-ignore
}

describe("match the reference with gradients", () => {
  test.each([false, true])("addBias, ReLU %s", async (relu) => {
    const f = (x: Tensor, bias: Tensor) => addBias(x, bias, { relu });
    await expectClose(f, [[2, 9, 7, 20], [20]], 1e-5);
    await expectClose(f, [[3, 41, 13, 5], [5]], 1e-5);
    await expectClose(f, [[70, 64], [64]], 1e-5);
  });

  test.each([[[2, 3, 5, 12]], [[1, 7, 4, 32]], [[3, 1, 1, 4]]] as const)("pixelShuffle, %j", (shape) =>
    expectClose((x) => pixelShuffle(x as Tensor4D), [shape], 0),
  );

  test.each([[[2, 3, 5, 3]], [[1, 1, 4, 8]], [[1, 6, 1, 5]]] as const)("cornerBlur, %j", (shape) =>
    expectClose((x) => cornerBlur(x as Tensor4D), [shape]),
  );

  test.each([[[9, 11]], [[12, 9]], [[24, 33]], [[2, 1]]] as const)("nearestResize of [10, 10] to %j", (size) =>
    expectClose((x) => nearestResize(x as Tensor4D, size), [[2, 10, 10, 3]]),
  );

  test.each([[[1, 1, 24, 32]], [[3, 3, 5, 7]]] as const)("weightNorm, %j", (shape) =>
    expectClose((v, g) => weightNorm(v, g), [shape, [shape[3]]], 1e-5),
  );

  test("spectralNorm, and its vectors after a step", async () => {
    const vectors = () => ({ u: randn("u", [7]), v: randn("v", [45]) });
    const f = (w: Tensor) => spectralNorm(w, { ...vectors(), taps: 9, training: false });
    const errors = await compareBackends(() => {
      const [w, { u, v }] = [randn("w", [3, 3, 5, 7]), vectors()];
      const r = randn("r", w.shape);
      const [dw] = grads((x: Tensor) => sum(mul(f(x), r)))([w]);
      return { y: f(w), dw: dw as Tensor, moved: spectralNorm(w, { u, v, taps: 9, training: true }), u, v };
    });
    for (const [name, error] of Object.entries(errors)) expect(error, name).toBeLessThanOrEqual(1e-5);
  });
});

test("a bias with its ReLU takes one dispatch forward and two back", () => {
  const [x, bias, dy] = [randn("x", [2, 8, 8, 64]), randn("b", [64]), randn("dy", [2, 8, 8, 64])];
  const counters = attachCounters(device.gpu as GPUDevice);
  for (const t of [addBias(x, bias), addBias(dy, bias)]) t.dispose();
  counters.reset();
  const { value, grads: found } = valueAndGradients(() => addBias(x, bias, { relu: true }), [x, bias], dy);
  expect(counters.read()).toMatchObject({ dispatches: 3, mappedBytes: 0 });
  counters.detach();
  for (const t of [x, bias, dy, value, ...found]) t?.dispose();
});

test("no gradient flows through what is detached", async () => {
  const [x, dy] = [tensor([2, 3]), tensor(1)];
  const { value, grads: found } = valueAndGradients(() => sum(mul(x, detach(mul(x, x)))), [x], dy);
  expect([...(await value.data())]).toEqual([35]);
  expect([...(await (found[0] as Tensor).data())]).toEqual([4, 9]);
  for (const t of [x, dy, value, ...found]) t?.dispose();
});
