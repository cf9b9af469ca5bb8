// Every kernel on WebGPU against its CPU reference, on shapes that are odd, large, tiny and vectorisable.
import { add, grads, mul, sub, sum, tensor, tensor1d, tidy } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Problem } from "../base/problem";
import { createRng } from "../base/rng";
import { compareBackends } from "../tensor/compareBackends";
import { attachCounters } from "../tensor/counters";
import type { Counters } from "../tensor/counters";
import { openDevice } from "../tensor/device";
import type { Device } from "../tensor/device";
import { valueAndGradients } from "../tensor/gradients";
import { readback } from "../tensor/readback";
import { liveTensors } from "../tensor/scope";
import { adamRow, adamStep } from "./adam";
import { pretendEmulated } from "../tensor/emulated";
import { batchNorm } from "./batchNorm";
import { dropout } from "./dropout";
import { gridConcatPool } from "./gridConcatPool";
import { maxPool } from "./maxPool";
import { createOptimizerState } from "./optimizerState";
import type { OptimizerState } from "./optimizerState";
import type { StepOptions } from "./optimizerStep";
import { addRelu, relu } from "./relu";
import { rmspropRow, rmspropStep } from "./rmsprop";
import { sgdRow, sgdStep } from "./sgd";

let device: Device;
const problems: Problem[] = [];
let counters: Counters;
let before = 0;

beforeAll(async () => {
  device = await openDevice({ onProblem: (problem) => problems.push(problem) });
});

afterAll(() => device.close());

beforeEach(() => {
  counters = attachCounters(device.gpu as GPUDevice);
  before = liveTensors();
  problems.length = 0;
});

afterEach(async () => {
  counters.detach();
  await (device.gpu as GPUDevice).queue.onSubmittedWorkDone();
  expect(problems).toEqual([]);
  expect(liveTensors()).toBe(before);
});

/** Normal numbers, the same for the same name. */
function randn(name: string, shape: number[], scale = 1, offset = 0): Tensor {
  const rng = createRng("kernels", name);
  const size = shape.reduce((a, b) => a * b, 1);
  return tensor(
    Float32Array.from({ length: size }, () => rng.normal() * scale + offset),
    shape,
    "float32",
  );
}

/** Value and gradients of Σ f(x…)·r for a fixed random r, which reaches every output with its own weight. */
function withGradients(f: (...xs: Tensor[]) => Tensor, xs: Tensor[]): Record<string, Tensor> {
  const y = f(...xs);
  const r = randn("r", y.shape);
  const gradients = grads((...inputs: Tensor[]) => sum(mul(f(...inputs), r)))(xs);
  return { y, ...Object.fromEntries(gradients.map((g, i) => [`d${i}`, g])) };
}

async function expectClose(compute: () => Record<string, Tensor>, tolerance = 1e-5): Promise<void> {
  const errors = await compareBackends(compute);
  for (const [name, error] of Object.entries(errors)) expect(error, name).toBeLessThanOrEqual(tolerance);
}

const images: [number, number, number, number][] = [
  [2, 9, 7, 20],
  [3, 11, 13, 5],
  [1, 33, 32, 3],
  [4, 8, 8, 64],
];

describe("relu and addRelu", () => {
  test.each([[[2048]], [[3, 701]]])("match the reference with gradients, %j", async (shape) => {
    await expectClose(() => withGradients((x) => relu(x as Tensor), [randn("x", shape)]), 0);
    await expectClose(
      () => withGradients((a, b) => addRelu(a as Tensor, b as Tensor), [randn("a", shape), randn("b", shape)]),
      1e-6,
    );
  });
});

// With barriers as on a GPU, and without as on an emulated one, whichever is there.
describe.each([false, true])("batchNorm, emulated %s", (emulated) => {
  beforeEach(() => pretendEmulated(emulated));
  afterEach(() => pretendEmulated(null));

  const shapes = [...images, [2100, 6], [17, 130], [5, 40, 41, 8], [3000, 1], [2, 516]];
  for (const shape of shapes) {
    for (const [training, fused] of [
      [true, false],
      [true, true],
      [false, true],
    ] as const) {
      test(`matches the reference with gradients, [${shape}], training ${training}, fused ${fused}`, async () => {
        const c = shape.at(-1) as number;
        await expectClose(() => {
          const runningMean = randn("rm", [c]);
          const runningVar = randn("rv", [c], 0.1, 2);
          const results = withGradients(
            (x, weight, bias, residual) =>
              batchNorm(x as Tensor, {
                weight: weight as Tensor,
                bias: bias as Tensor,
                runningMean,
                runningVar,
                training,
                relu: fused,
                ...(fused ? { residual: residual as Tensor } : {}),
              }),
            [
              randn("x", shape, 2, 5),
              randn("w", [c], 0.2, 1),
              randn("b", [c]),
              ...(fused ? [randn("skip", shape)] : []),
            ],
          );
          return { ...results, runningMean, runningVar };
        }, 5e-5);
      });
    }
  }

  test("keeps a small variance beside a large mean", async () => {
    await expectClose(() => {
      const [runningMean, runningVar] = [randn("rm", [8]), randn("rv", [8], 0.1, 1)];
      const options = { runningMean, runningVar, training: true } as const;
      const x = randn("x", [4, 16, 16, 8], 1, 1000);
      const y = batchNorm(x, { ...options, weight: randn("w", [8]), bias: randn("b", [8]) });
      return { y, runningVar };
      // x itself is rounded to 6e-5 at 1000: nothing can be closer than that.
    }, 5e-4);
  });

  test("takes two dispatches each way and uploads nothing but uniforms", () => {
    tidy(() => {
      const x = randn("x", [4, 8, 8, 64]);
      const [weight, bias, runningMean, runningVar] = ["w", "b", "m", "v"].map((n) => randn(n, [64])) as Tensor[];
      const run = (v: Tensor): Tensor =>
        batchNorm(v, {
          weight: weight as Tensor,
          bias: bias as Tensor,
          runningMean: runningMean as Tensor,
          runningVar: runningVar as Tensor,
          training: true,
          relu: true,
        });
      const y = run(x);
      const dy = randn("dy", y.shape);
      relu(dy);
      counters.reset();
      grads((v: Tensor) => run(v))([x], dy);
      expect(counters.read()).toMatchObject({ dispatches: 4, mappedBytes: 0 });
      expect(counters.read().writtenBytes).toBeLessThan(200);
    });
  });
});

test("a gradient that comes from two sides is added inside batchNorm's own gradient", async () => {
  const c = 12;
  const make = () =>
    [randn("x", [3, 5, 7, c]), randn("w", [c], 0.2, 1), randn("b", [c]), randn("skip", [3, 5, 7, c])] as const;
  const loss = (x: Tensor, weight: Tensor, bias: Tensor, residual: Tensor): Tensor => {
    const [runningMean, runningVar] = [randn("rm", [c]), randn("rv", [c], 0.1, 2)];
    const y = batchNorm(x, { weight, bias, runningMean, runningVar, training: true, relu: true, residual });
    return sum(mul(add(mul(y, randn("r", y.shape)), relu(sub(y, 0.5))), randn("s", y.shape)));
  };
  await expectClose(() => {
    const xs = make();
    const { value, grads: found } = valueAndGradients(() => loss(...xs), xs);
    return { value, ...Object.fromEntries(found.map((g, i) => [`d${i}`, g as Tensor])) };
  }, 5e-5);
  tidy(() => {
    const xs = make();
    counters.reset();
    valueAndGradients(() => loss(...xs), xs);
    const ours = counters.read().dispatches;
    counters.reset();
    grads(loss)([...xs]);
    expect(ours).toBe(counters.read().dispatches - 1);
  });
});

describe("pooling", () => {
  test.each(images)("maxPool matches the reference with gradients, [%i, %i, %i, %i]", async (...shape) => {
    await expectClose(
      () => withGradients((x) => maxPool(x as Tensor4D), [randn("x", shape)]) as Record<string, Tensor>,
      1e-6,
    );
    await expectClose(
      () => withGradients((x) => maxPool(x as Tensor4D, { kernel: 2, stride: 1, pad: 0 }), [randn("x", shape)]),
      1e-6,
    );
    await expectClose(
      () => withGradients((x) => maxPool(x as Tensor4D, { pad: 0, ceil: true }), [randn("x", shape)]),
      1e-6,
    );
  });

  test.each(images)("gridConcatPool matches the reference with gradients, [%i, %i, %i, %i]", async (...shape) => {
    for (const grid of [1, 2, 3])
      await expectClose(() => withGradients((x) => gridConcatPool(x as Tensor4D, grid), [randn("x", shape)]), 1e-5);
  });
});

describe("dropout", () => {
  test("draws the same mask on every backend, forward and backward", async () => {
    await expectClose(
      () => withGradients((x) => dropout(x as Tensor, { p: 0.3, seed: 4e9, stream: 12 }), [randn("x", [64, 41])]),
      1e-6,
    );
  });

  test("keeps a share of 1 − p, differently per stream", async () => {
    const x = tensor1d(new Float32Array(20000).fill(1));
    const a = dropout(x, { p: 0.25, seed: 1, stream: 1 });
    const b = dropout(x, { p: 0.25, seed: 1, stream: 2 });
    const [va, vb] = [await readback(a), await readback(b)];
    const kept = va.filter((v) => v > 0).length / 20000;
    expect(kept).toBeGreaterThan(0.74);
    expect(kept).toBeLessThan(0.76);
    const same = va.filter((v, i) => v > 0 === (vb[i] as number) > 0).length / 20000;
    // Independent masks agree with probability 0.75² + 0.25².
    expect(Math.abs(same - 0.625)).toBeLessThan(0.02);
    for (const t of [x, a, b]) t.dispose();
  });
});

describe("optimizers", () => {
  const shapes = [[3, 3, 8, 16], [16], [16], [130, 7], [7]];
  const groups = [
    { lr: 1e-2, wd: 0.01, beta1: 0.95, beta2: 0.99, eps: 1e-8, step: 1 },
    { lr: 1e-1, wd: 0, l2: 0.1, beta1: 0.85, beta2: 0.99, eps: 1e-5, step: 1 },
  ];
  type Kind = "adam" | "sgd" | "rmsprop";

  const steps = {
    adam: (state, gradients, step, groupOf, options) => {
      const now = groups.map((group) => adamRow({ ...group, step, beta1: group.beta1 - step / 50 }));
      adamStep(state, gradients, now, groupOf, options);
    },
    sgd: (state, gradients, step, groupOf, options) => {
      const now = groups.map((group) => sgdRow({ ...group, momentum: 0.9 - step / 50 }));
      sgdStep(state, gradients, now, groupOf, options);
    },
    rmsprop: (state, gradients, step, groupOf, options) => {
      const now = groups.map((group) => rmspropRow({ ...group, alpha: 0.99, momentum: 0.9 - step / 50 }));
      rmspropStep(state, gradients, now, groupOf, options);
    },
  } satisfies Record<Kind, Step>;
  type Step = (
    state: OptimizerState,
    gradients: readonly (Tensor | null)[],
    step: number,
    groupOf: number[],
    options: StepOptions,
  ) => void;

  /** Five steps with changing momentum; parameter 1 is frozen, parameter 4 never gets a gradient. */
  function fiveSteps(kind: Kind, maxNorm?: number): Record<string, Tensor> {
    const parameters = shapes.map((shape, i) => randn(`p${i}`, shape));
    const state = createOptimizerState(parameters, { moments: kind === "sgd" ? 1 : 2 });
    for (let step = 1; step <= 5; step += 1) {
      const gradients = shapes.map((shape, i) => (i === 4 ? null : randn(`g${i}-${step}`, shape, 0.3)));
      steps[kind](state, gradients, step, [0, -1, 1, 1, 0], maxNorm === undefined ? {} : { maxNorm });
      gradients.forEach((g) => g?.dispose());
    }
    const moments = state.moments.map((list) => list.map((t) => t.clone()));
    const results = [...parameters, ...moments.flat()].map((t, i) => [`t${i}`, mul(t, 1)] as const);
    state.dispose();
    return Object.fromEntries(results);
  }

  test.each([
    ["adam", undefined],
    ["adam", 0.5],
    ["sgd", undefined],
    ["sgd", 0.5],
    ["rmsprop", undefined],
    ["rmsprop", 0.5],
  ] as const)("%s matches the reference over five steps, clipping at %s", async (kind, maxNorm) => {
    await expectClose(() => tidy(() => fiveSteps(kind, maxNorm)), 2e-6);
  });

  test("a step is one dispatch, in place, and the parameters stay the same tensors", async () => {
    const parameters = shapes.map((shape, i) => randn(`p${i}`, shape));
    const start = await Promise.all(parameters.map((p) => readback(p)));
    const state = createOptimizerState(parameters, { moments: 2 });
    const gradients = shapes.map((shape, i) => randn(`g${i}`, shape));
    const rows = groups.map(adamRow);
    adamStep(state, gradients, rows, [0, 0, 0, 1, 1]);
    counters.reset();
    adamStep(state, gradients, rows, [0, 0, 0, 1, 1]);
    expect(counters.read()).toMatchObject({ dispatches: 1, copies: 5, buffersCreated: 0 });
    const after = await Promise.all(parameters.map((p) => readback(p)));
    after.forEach((values, i) => {
      expect(values).toHaveLength((start[i] as { length: number }).length);
      expect(values[0]).not.toBe(start[i]?.[0]);
    });
    state.dispose();
    expect(await Promise.all(parameters.map((p) => readback(p)))).toEqual(after);
    for (const t of [...parameters, ...gradients]) t.dispose();
  });
});
