// Every gradient against finite differences of its forward pass, on the cpu backend.
import { engine, tensor } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor2D, Tensor4D } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { createRng } from "../base/rng";
import { openDevice } from "../tensor/device";
import { valueAndGradients } from "../tensor/gradients";
import { readback } from "../tensor/readback";
import { liveTensors } from "../tensor/scope";
import { tensorOf } from "../tensor/writeTensor";
import { batchNorm } from "./batchNorm";
import { diceLoss } from "./diceLoss";
import { absoluteError, bceWithLogits, focalWithLogits, poissonError, smoothError, squaredError } from "./elementLoss"; // prettier-ignore
import { dropout } from "./dropout";
import { gridConcatPool } from "./gridConcatPool";
import { maxPool, poolSize } from "./maxPool";
import { addRelu, relu } from "./relu";
import { softmaxCrossEntropy } from "./softmaxCrossEntropy";

beforeAll(async () => {
  await openDevice({ prefer: "cpu", onProblem: () => undefined });
});

type Loss = (...xs: Tensor[]) => Tensor;

function randn(name: string, shape: readonly number[]): Float32Array {
  const rng = createRng("finite", name);
  return Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => rng.normal());
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

/** Σ f(x)·r in double precision. */
async function evaluate(f: Loss, values: Float32Array[], shapes: readonly (readonly number[])[], r: Float32Array) {
  const y = engine().tidy(() => f(...values.map((v, i) => tensor(v, [...(shapes[i] as number[])]))));
  const out = await readback(y);
  y.dispose();
  return dot(out, r);
}

/** Moves every input along a random direction and compares the change with what the gradients predict. */
async function checkGradients(f: Loss, shapes: readonly (readonly number[])[], step = 2e-3, tolerance = 5e-3) {
  const before = liveTensors();
  const values = shapes.map((shape, i) => randn(`x${i}`, shape));
  const xs = values.map((v, i) => tensor(v, [...(shapes[i] as number[])]));
  const probe = engine().tidy(() => f(...xs));
  const shape = probe.shape;
  const r = randn("r", shape.length === 0 ? [1] : shape);
  probe.dispose();
  const dy = tensor(r, shape);
  const { value, grads } = valueAndGradients(() => f(...xs), xs, dy);
  for (const [i, gradient] of grads.entries()) {
    const g = await readback(gradient as Tensor);
    const direction = randn(`d${i}`, shapes[i] as number[]);
    const moved = (sign: number): Float32Array[] =>
      values.map((v, k) => (k === i ? v.map((x, j) => x + sign * step * (direction[j] as number)) : v));
    const [up, down] = [await evaluate(f, moved(1), shapes, r), await evaluate(f, moved(-1), shapes, r)];
    const numeric = (up - down) / (2 * step);
    const analytic = dot(g, direction);
    const size = Math.sqrt(dot(g, g));
    expect(size, `gradient ${i} is not zero`).toBeGreaterThan(0);
    expect(Math.abs(numeric - analytic) / Math.max(size, Math.abs(analytic)), `input ${i}`).toBeLessThan(tolerance);
  }
  for (const t of [...xs, ...grads, value, dy]) t?.dispose();
  expect(liveTensors()).toBe(before);
}

describe("gradients agree with finite differences", () => {
  // A smaller step, so that no value crosses the kink on its way.
  test("relu", () => checkGradients((x) => relu(x as Tensor), [[7, 9]], 1e-4));
  test("addRelu", () =>
    checkGradients(
      (a, b) => addRelu(a as Tensor, b as Tensor),
      [
        [7, 9],
        [7, 9],
      ],
      1e-4,
    ));
  test("dropout", () => checkGradients((x) => dropout(x as Tensor, { p: 0.4, seed: 5, stream: 6 }), [[8, 8]]));
  test("maxPool", () => checkGradients((x) => maxPool(x as Tensor4D), [[2, 5, 7, 3]]));
  test("maxPool over the edge", () =>
    checkGradients((x) => maxPool(x as Tensor4D, { pad: 0, ceil: true }), [[2, 6, 8, 3]]));
  test("gridConcatPool of the whole", () => checkGradients((x) => gridConcatPool(x as Tensor4D, 1), [[2, 3, 4, 5]]));
  test.each([2, 3])("gridConcatPool, %i × %i places that share rows", (grid) =>
    checkGradients((x) => gridConcatPool(x as Tensor4D, grid), [[2, 4, 5, 3]]),
  );

  const statistics = () => ({
    runningMean: tensor(randn("rm", [5])),
    runningVar: tensor(randn("rv", [5]).map((v) => 1 + v * v)),
  });
  test.each([true, false])("batchNorm, training %s", (training) =>
    checkGradients(
      (x, weight, bias) =>
        batchNorm(x as Tensor, { weight: weight as Tensor, bias: bias as Tensor, ...statistics(), training }),
      [[3, 2, 3, 5], [5], [5]],
    ),
  );
  test("batchNorm with residual and ReLU", () =>
    checkGradients(
      (x, weight, bias, residual) =>
        batchNorm(x as Tensor, {
          weight: weight as Tensor,
          bias: bias as Tensor,
          residual: residual as Tensor,
          ...statistics(),
          training: true,
          relu: true,
        }),
      [[12, 5], [5], [5], [12, 5]],
    ));

  test.each([0, 0.1])("softmaxCrossEntropy, smoothing %f", (labelSmoothing) =>
    checkGradients(
      (x) => {
        const labels = tensorOf(new Int32Array([0, 3, 2, 1, 3, -1]), [6], "int32");
        const weight = tensor([1, 1, 0, 2, 1, 1]);
        const classWeights = tensor([1, 2, 3, 4]);
        return softmaxCrossEntropy(x as Tensor2D, labels, { weight, classWeights, labelSmoothing }).mean;
      },
      [[6, 4]],
    ),
  );
  const pixels = () => tensorOf(Int32Array.from({ length: 24 }, (_, i) => (i % 7) - 1), [2, 3, 4], "int32"); // prettier-ignore
  test.each([{}, { gamma: 2 }, { gamma: 1, ignore: 2, labelSmoothing: 0 }])(
    "softmaxCrossEntropy of pixels, %j",
    (options) =>
      checkGradients(
        (x) => softmaxCrossEntropy(x, pixels(), { weight: tensor([1, 2]), ...options }).mean,
        [[2, 3, 4, 6]],
      ),
  );
  test.each([{}, { square: true, smooth: 1, ignore: 3 }])("diceLoss, %j", (options) =>
    checkGradients((x) => diceLoss(x, pixels(), { weight: tensor([1, 2]), ...options }).mean, [[2, 3, 4, 6]]),
  );
  test.each([
    ["squaredError", squaredError, {}],
    ["absoluteError", absoluteError, {}],
    ["smoothError", smoothError, { a: 0.7, b: 0.7 }],
    ["poissonError", poissonError, {}],
    ["bceWithLogits", bceWithLogits, { a: 0.1 }],
    ["focalWithLogits", focalWithLogits, { a: 2 }],
  ] as const)("%s", (_, kernel, numbers) =>
    checkGradients(
      (x) => {
        const targets = tensor([0, 1, 1, 1, 0, 0, 1, 0, 1, 1, 0, 0], [4, 3]);
        return kernel(x, targets, { weight: tensor([1, 0, 1, 1]), ...numbers }).mean;
      },
      [[4, 3]],
    ),
  );
});

describe("values that can be worked out by hand", () => {
  const read = async (t: Tensor): Promise<number[]> => [...(await readback(t))];

  test("cross-entropy of even logits is log C, and class weights divide by the labels' weights", async () => {
    const logits = tensor(new Float32Array(8), [2, 4]) as Tensor2D;
    const labels = tensorOf(new Int32Array([0, 3]), [2], "int32");
    const { mean, perItem } = softmaxCrossEntropy(logits, labels, { classWeights: tensor([1, 1, 1, 9]) });
    expect(await read(mean)).toEqual([Math.fround(Math.log(4))]);
    expect(await read(perItem)).toEqual([Math.fround(Math.log(4)), Math.fround(Math.log(4))]);
  });

  test("a batch without a single counting row has loss 0, not NaN", async () => {
    const logits = tensor([1, 2], [1, 2]) as Tensor2D;
    const labels = tensorOf(new Int32Array([0]), [1], "int32");
    expect(await read(softmaxCrossEntropy(logits, labels, { weight: tensor([0]) }).mean)).toEqual([0]);
  });

  test("batchNorm moves the running statistics by a tenth, with the unbiased variance", async () => {
    const x = tensor([1, 3], [2, 1]);
    const [runningMean, runningVar] = [tensor([0]), tensor([1])];
    const y = batchNorm(x, {
      weight: tensor([1]),
      bias: tensor([0]),
      runningMean,
      runningVar,
      training: true,
      eps: 0,
    });
    expect(await read(y)).toEqual([-1, 1]);
    expect(await read(runningMean)).toEqual([Math.fround(0.2)]);
    expect(await read(runningVar)).toEqual([Math.fround(1.1)]);
  });

  test.each([
    [6, 3, 2, 0, false, 2],
    [6, 3, 2, 0, true, 3],
    [7, 3, 2, 0, true, 3],
    // PyTorch leaves out a window that would begin behind the input: MaxPool2d(2, 3, ceil_mode) of 7 has 3, of 6 has 2.
    [7, 2, 3, 0, true, 3],
    [6, 2, 3, 0, true, 2],
  ])(
    "maxPool over %i values, kernel %i, stride %i, padding %i, ceil %s has %i windows",
    (size, kernel, stride, pad, ceil, windows) => expect(poolSize(size, { kernel, stride, pad, ceil })).toBe(windows),
  );

  test("maxPool pads with minus infinity and sends a tie's gradient to the first maximum", async () => {
    const x = tensor(new Float32Array(16).fill(-2), [1, 4, 4, 1]) as Tensor4D;
    const { value, grads } = valueAndGradients(() => maxPool(x), [x], tensor([1, 2, 3, 4], [1, 2, 2, 1]));
    expect(await read(value)).toEqual([-2, -2, -2, -2]);
    expect(await read(grads[0] as Tensor)).toEqual([1, 2, 0, 0, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  });

  test("gridConcatPool of the whole puts the maxima before the means", async () => {
    const x = tensor([1, 10, 3, 20, 5, 60, 7, 30], [1, 2, 2, 2]) as Tensor4D;
    expect(await read(gridConcatPool(x, 1))).toEqual([7, 60, 4, 30]);
  });

  // What torch.cat([adaptive_max_pool2d(x, 2), adaptive_avg_pool2d(x, 2)], 1).flatten(1) is by its windows 0–2 and 1–3 of three columns.
  test("gridConcatPool keeps channels together and places in rows", async () => {
    const x = tensor([1, 10, 2, 20, 9, 30, 4, 40, 5, 50, 6, 60], [1, 2, 3, 2]) as Tensor4D;
    expect(await read(gridConcatPool(x, 2))).toEqual([2, 9, 5, 6, 20, 30, 50, 60, 1.5, 5.5, 4.5, 5.5, 15, 25, 45, 55]);
  });
});
