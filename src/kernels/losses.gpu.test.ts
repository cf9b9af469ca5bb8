// The loss kernels on WebGPU against their CPU references, for items, pixels, points and yes-or-no answers.
import { grads, tensor, tensor1d } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Problem } from "../base/problem";
import { createRng } from "../base/rng";
import { compareBackends } from "../tensor/compareBackends";
import { attachCounters } from "../tensor/counters";
import { openDevice } from "../tensor/device";
import type { Device } from "../tensor/device";
import { readback } from "../tensor/readback";
import { liveTensors } from "../tensor/scope";
import { diceLoss } from "./diceLoss";
import { absoluteError, bceWithLogits, focalWithLogits, poissonError, smoothError, squaredError } from "./elementLoss";
import { softmaxCrossEntropy } from "./softmaxCrossEntropy";
import type { LossResult } from "./softmaxCrossEntropy";

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
  expect(problems).toEqual([]);
  expect(liveTensors()).toBe(before);
});

function randn(name: string, shape: number[], scale = 1): Tensor {
  const rng = createRng("losses", name);
  const size = shape.reduce((a, b) => a * b, 1);
  return tensor(Float32Array.from({ length: size }, () => rng.normal() * scale), shape); // prettier-ignore
}

/** Class ids with some that do not count. */
function labelsOf(shape: number[], classes: number): Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  return tensor(Int32Array.from({ length: size }, (_, i) => (i % 11 === 5 ? -1 : (i * 7) % classes)), shape, "int32"); // prettier-ignore
}

/** 1, but 0 for every fourth. */
const weightOf = (items: number): Tensor => tensor1d(Float32Array.from({ length: items }, (_, i) => (i % 4 === 3 ? 0 : 1))); // prettier-ignore

/** Both backends agree on everything a loss says, and on its gradient. */
async function expectClose(loss: (x: Tensor) => LossResult, x: () => Tensor, tolerance = 2e-5): Promise<void> {
  const errors = await compareBackends(() => {
    const input = x();
    const [dx] = grads((v: Tensor) => loss(v).mean)([input]);
    const { mean, perItem, share } = loss(input);
    return { mean, perItem, share, dx: dx as Tensor };
  });
  for (const [name, error] of Object.entries(errors)) expect(error, name).toBeLessThanOrEqual(tolerance);
}

describe("softmaxCrossEntropy", () => {
  test.each([
    [70, 37, {}],
    [2049, 2, {}],
    [64, 37, { labelSmoothing: 0.1 }],
    [64, 7, { gamma: 2, ignore: 3 }],
  ])("of %i items in %i classes, %j", (rows, classes, options) =>
    expectClose(
      (x) => {
        const classWeights = tensor1d(Float32Array.from({ length: classes }, (_, i) => 1 + (i % 3)));
        return softmaxCrossEntropy(x, labelsOf([rows], classes), { weight: weightOf(rows), classWeights, ...options });
      },
      () => randn("x", [rows, classes], 5),
    ),
  );

  test.each([
    [[5, 7, 9, 4], {}],
    [[2, 33, 17, 3], { labelSmoothing: 0.1 }],
    [[4, 8, 8, 12], { gamma: 1.5, ignore: 11 }],
  ])("of the pixels of [%s], %j", (shape, options) =>
    expectClose(
      (x) => {
        const classes = shape.at(-1) as number;
        const classWeights = tensor1d(Float32Array.from({ length: classes }, (_, i) => 1 + (i % 3)));
        const labels = labelsOf(shape.slice(0, 3), classes);
        return softmaxCrossEntropy(x, labels, { weight: weightOf(shape[0] as number), classWeights, ...options });
      },
      () => randn("x", shape, 3),
    ),
  );

  test("without weights every row is an item", () =>
    expectClose(
      (x) => softmaxCrossEntropy(x, labelsOf([70], 5)),
      () => randn("x", [70, 5]),
    ));

  test("takes three dispatches for pixels and one back, and no memory but a few numbers a pixel", async () => {
    const counters = attachCounters(device.gpu as GPUDevice);
    const [x, labels, weight] = [randn("x", [2, 32, 32, 12]), labelsOf([2, 32, 32], 12), weightOf(2)];
    counters.reset();
    const { mean, perItem, share } = softmaxCrossEntropy(x, labels, { weight });
    await readback(mean);
    const counts = counters.read();
    counters.detach();
    expect(counts.dispatches).toBe(3);
    // Logits and labels came up; loss, logsumexp and share are 4 bytes a pixel each.
    expect(counts.peakBytes - counts.liveBytes).toBeLessThan(2 * 32 * 32 * 4 * 4);
    for (const t of [x, labels, weight, mean, perItem, share]) t.dispose();
  });

  test("rows without weight change nothing, even when they hold NaN, and each way takes at most two dispatches", async () => {
    const counters = attachCounters(device.gpu as GPUDevice);
    const logits = randn("x", [4, 3]);
    const poisoned = tensor(Float32Array.from([...(await readback(logits)), NaN, NaN, NaN]), [5, 3]);
    const labels = tensor1d([0, 1, 2, 0, 0], "int32");
    const short = tensor1d([0, 1, 2, 0], "int32");
    const weight = tensor1d([1, 1, 1, 1, 0]);
    const plain = softmaxCrossEntropy(logits, short);
    counters.reset();
    const padded = softmaxCrossEntropy(poisoned, labels, { weight });
    expect(counters.read().dispatches).toBe(2);
    counters.detach();
    expect((await readback(padded.mean))[0]).toBe((await readback(plain.mean))[0]);
    const g = grads((x: Tensor) => softmaxCrossEntropy(x, labels, { weight }).mean)([poisoned]);
    expect([...(await readback(g[0] as Tensor))].slice(12)).toEqual([0, 0, 0]);
    const all = [logits, poisoned, labels, short, weight, ...Object.values(plain), ...Object.values(padded)];
    for (const t of [...all, g[0] as Tensor]) t.dispose();
  });
});

describe("diceLoss", () => {
  test.each([
    [[2, 9, 7, 4], {}],
    [[4, 16, 16, 3], { square: true, ignore: 2, smooth: 1 }],
  ])("of [%s], %j", (shape, options) =>
    expectClose(
      (x) => {
        const labels = labelsOf(shape.slice(0, 3), shape.at(-1) as number);
        return diceLoss(x, labels, { weight: weightOf(shape[0] as number), ...options });
      },
      () => randn("x", shape, 2),
    ),
  );
});

describe("losses number by number", () => {
  const kernels = { squaredError, absoluteError, smoothError, poissonError, bceWithLogits, focalWithLogits };
  const numbers = { smoothError: { a: 0.7, b: 0.7 }, bceWithLogits: { a: 0.1 }, focalWithLogits: { a: 2 } };

  test.each(Object.entries(kernels))("%s", (name, kernel) =>
    expectClose(
      (x) => {
        // Points as [B, P, 2] against outputs [B, 2P].
        const targets = tensor(Float32Array.from({ length: 130 * 18 }, (_, i) => ((i * 31) % 5 === 0 ? 1 : 0)), [130, 9, 2]); // prettier-ignore
        return kernel(x, targets, { weight: weightOf(130), ...numbers[name as "smoothError"] });
      },
      () => randn("x", [130, 18], name === "poissonError" ? 1 : 8),
    ),
  );
});
