// The kernels for sequences on WebGPU against their CPU references, for GPUs with fast barriers and for emulated ones.
import { matMul, mul, sum, grads, tensor } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor2D, Tensor3D } from "@tensorflow/tfjs-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Problem } from "../base/problem";
import { createRng } from "../base/rng";
import { submit } from "../tensor/backend";
import { compareBackends } from "../tensor/compareBackends";
import { attachCounters } from "../tensor/counters";
import { openDevice } from "../tensor/device";
import type { Device } from "../tensor/device";
import { pretendEmulated } from "../tensor/emulated";
import { valueAndGradients } from "../tensor/gradients";
import { readback } from "../tensor/readback";
import { liveTensors } from "../tensor/scope";
import { tensorOf } from "../tensor/writeTensor";
import { gradientErrors, normals } from "../testing/finiteDifferences";
import { sequenceKernelCases } from "../testing/sequenceKernelCases";
import { activationPenalty } from "./activationPenalty";
import { forceConvStyle } from "./convRun";
import { embedding } from "./embedding";
import { lstm } from "./lstm";
import { maskedConcatPool } from "./maskedConcatPool";
import "./matMul";
import { sequenceDropout } from "./sequenceDropout";
import { softmaxCrossEntropy } from "./softmaxCrossEntropy";

let device: Device;
const problems: Problem[] = [];
let before = 0;

beforeAll(async () => {
  device = await openDevice({ onProblem: (problem) => problems.push(problem) });
  // Products of matrices have tests of their own; an emulator compiles their tiles for a minute.
  forceConvStyle({ kind: "block", lanes: 0 });
});
afterAll(() => {
  forceConvStyle(null);
  device.close();
});
beforeEach(() => {
  // An encoder that is open already would not be counted.
  submit();
  before = liveTensors();
  problems.length = 0;
});
afterEach(async () => {
  await (device.gpu as GPUDevice).queue.onSubmittedWorkDone();
  expect(problems.map(({ debug }) => debug)).toEqual([]);
  expect(liveTensors()).toBe(before);
});

const randn = (name: string, shape: number[], scale = 1) =>
  tensor(
    normals(name, shape).map((v) => v * scale),
    shape,
  );

/** Ids below `below`, many of them several times. */
function someIds(shape: number[], below: number): Tensor {
  const rng = createRng("ids", below);
  return tensorOf(
    Int32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => rng.below(below)),
    shape,
    "int32",
  );
}

function withGradients(f: (...xs: Tensor[]) => Tensor, xs: Tensor[]): Record<string, Tensor> {
  const y = f(...xs);
  const r = randn("r", y.shape);
  const gradients = grads((...inputs: Tensor[]) => sum(mul(f(...inputs), r)))(xs);
  return { y, ...Object.fromEntries(gradients.map((g, i) => [`d${i}`, g])) };
}

async function expectClose(compute: () => Record<string, Tensor>, tolerance: number): Promise<void> {
  for (const [name, error] of Object.entries(await compareBackends(compute))) {
    expect(error, name).toBeLessThanOrEqual(tolerance);
  }
}

describe.each([false, true])("lstm, emulated %s", (emulated) => {
  beforeEach(() => pretendEmulated(emulated));
  afterEach(() => pretendEmulated(null));

  test.each([
    [4, 9, 12],
    [37, 3, 35],
    [1, 4, 8],
    [33, 2, 64],
  ])("batch %i, %i steps, %i units: outputs, state and gradients", (batch, steps, hidden) =>
    expectClose(() => {
      const [h0, c0] = [randn("h0", [batch, hidden]) as Tensor2D, randn("c0", [batch, hidden]) as Tensor2D];
      const run = (xg: Tensor, whh: Tensor, bias: Tensor) =>
        lstm({ xg: xg as Tensor3D, whh: whh as Tensor2D, bias, h0, c0 });
      const xs = [
        randn("xg", [batch, steps, 4 * hidden]),
        randn("whh", [hidden, 4 * hidden], 1 / Math.sqrt(hidden)),
        randn("bias", [4 * hidden]),
      ] as [Tensor, Tensor, Tensor];
      const { h, c } = run(...xs);
      return { h, c, ...withGradients((xg, whh, bias) => run(xg as Tensor, whh as Tensor, bias as Tensor).y, xs) };
      // float32 sums of up to 64 products through several steps; sigmoid and tanh of a software GPU are good to 1e-5.
    }, 5e-5),
  );

  test("gates far in saturation stay numbers", async () => {
    const [xg, whh] = [randn("xg", [2, 3, 16], 200) as Tensor3D, randn("whh", [4, 16]) as Tensor2D];
    const zeros = tensor(new Float32Array(8), [2, 4]) as Tensor2D;
    const { y, h, c } = lstm({ xg, whh, bias: randn("bias", [16]), h0: zeros, c0: zeros });
    const values = [...(await readback(y))];
    expect(values.every((value) => Math.abs(value) <= 1)).toBe(true);
    for (const t of [xg, whh, zeros, y, h, c]) t.dispose();
    before = liveTensors();
  });
});

describe.each([
  [1, false],
  [2, true],
])("gradients agree with finite differences here too, shapes of seed %i, emulated %s", (seed, emulated) => {
  beforeEach(() => pretendEmulated(emulated));
  afterEach(() => pretendEmulated(null));
  for (const { name, f, shapes } of sequenceKernelCases(seed)) {
    test(name, async () => {
      for (const { input, size, error } of await gradientErrors(f, shapes, 1e-2)) {
        expect(size, `gradient ${input} is not zero`).toBeGreaterThan(0);
        // float32 forward passes of a GPU, differences of 0.01.
        expect(error, `input ${input}`).toBeLessThan(1e-2);
      }
    });
  }
});

test("embedding: rows, dropped rows and the gradient", async () => {
  for (const options of [{}, { padding: 1 }, { p: 0.3, seed: 5, stream: 3, padding: 0 }]) {
    await expectClose(
      () =>
        withGradients(
          (table) => embedding(table as Tensor2D, someIds([7, 23], 40), options),
          [randn("table", [50, 20])],
        ),
      1e-6,
    );
  }
});

test("the gradient of an embedding is the same to the last bit in every run", async () => {
  const ids = someIds([64, 32], 30);
  const [table, dy] = [randn("table", [30, 8]) as Tensor2D, randn("dy", [64, 32, 8])];
  const once = async () => {
    const { value, grads: [g] } = valueAndGradients(() => embedding(table, ids), [table], dy); // prettier-ignore
    const values = [...(await readback(g as Tensor))];
    value.dispose();
    g?.dispose();
    return values;
  };
  const first = await once();
  for (let run = 0; run < 4; run += 1) expect(await once()).toEqual(first);
  for (const t of [ids, table, dy]) t.dispose();
});

test("sequenceDropout, maskedConcatPool and activationPenalty match their references with gradients", async () => {
  const x = () => randn("x", [5, 11, 40]);
  await expectClose(
    () => withGradients((v) => sequenceDropout(v as Tensor3D, { p: 0.3, seed: 2, stream: 9 }), [x()]),
    1e-6,
  );
  await expectClose(() => withGradients((v) => maskedConcatPool(v as Tensor3D, someIds([5, 11], 3), 1), [x()]), 1e-6);
  await expectClose(() => withGradients((v) => activationPenalty(v as Tensor3D, { alpha: 2, beta: 1 }), [x()]), 1e-5);
  await expectClose(() => withGradients((v) => activationPenalty(v as Tensor3D, { alpha: 2, beta: 1 }), [randn("long", [8, 70, 64])]), 1e-5); // prettier-ignore
});

describe.each([false, true])("cross-entropy over a vocabulary, emulated %s", (emulated) => {
  beforeEach(() => pretendEmulated(emulated));
  afterEach(() => pretendEmulated(null));

  test.each([256, 1000, 1237])("%i words: loss and gradient, with large logits", (words) =>
    expectClose(() => {
      const [labels, weight] = [someIds([3, 5], words), tensor([1, 0, 2])];
      const loss = (logits: Tensor) => softmaxCrossEntropy(logits, labels, { weight }).mean;
      return withGradients((logits) => loss(logits as Tensor), [randn("logits", [3, 5, words], 30)]);
      // Sums of up to 1,237 exponentials; exp of a software GPU is good to 1e-5.
    }, 3e-5),
  );
});

test("a tied decoder reads the table as it lies: no dispatch turns it round", () => {
  const [rows, width, words] = [64, 16, 300];
  const [h, table] = [randn("h", [rows, width]), randn("table", [words, width])];
  const labels = someIds([rows], words);
  const counters = attachCounters(device.gpu as GPUDevice);
  const logits = () => matMul(h as Tensor2D, table as Tensor2D, false, true);
  const { value, grads: all } = valueAndGradients(() => softmaxCrossEntropy(logits(), labels).mean, [h, table]);
  // Forward: product, loss, mean. Back: its gradient, two products, each in two parts at most.
  const { dispatches } = counters.read();
  expect(dispatches).toBeGreaterThanOrEqual(6);
  expect(dispatches).toBeLessThanOrEqual(10);
  // The largest thing that is made is the logits and their gradient.
  expect(counters.read().writtenBytes).toBeLessThan(4096);
  counters.detach();
  for (const t of [h, table, labels, value, ...all]) t?.dispose();
});

test("an LSTM of T steps is T + 1 dispatches forward and few more than T back", () => {
  const [batch, steps, hidden] = [8, 20, 16];
  const xs = [randn("xg", [batch, steps, 64]), randn("whh", [hidden, 64]), randn("bias", [64])] as [
    Tensor,
    Tensor,
    Tensor,
  ];
  const [h0, dy] = [randn("h0", [batch, hidden]) as Tensor2D, randn("dy", [batch, steps, hidden])];
  const forward = () => lstm({ xg: xs[0] as Tensor3D, whh: xs[1] as Tensor2D, bias: xs[2], h0, c0: h0 });
  const counters = attachCounters(device.gpu as GPUDevice);
  const { y, h, c } = forward();
  expect(counters.read().dispatches).toBe(steps + 1);
  counters.reset();
  const { value, grads: all } = valueAndGradients(() => forward().y, xs, dy);
  // Back: T steps, h(t−1), the product for the weights (two where its sum is split), the bias.
  expect(counters.read().dispatches).toBeLessThanOrEqual(2 * steps + 1 + 4);
  counters.detach();
  for (const t of [...xs, h0, dy, y, h, c, value, ...all]) t?.dispose();
});
