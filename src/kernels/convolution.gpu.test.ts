// tf.conv2d on our kernels, every variant against tfjs's cpu kernels: forward, data gradient, weight gradient.
import { add, conv2d, conv2dTranspose, grads, mul, sum, tensor } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Problem } from "../base/problem";
import { attachCounters } from "../tensor/counters";
import type { Counters } from "../tensor/counters";
import { relativeError, runOn } from "../tensor/compareBackends";
import { openDevice } from "../tensor/device";
import type { Device } from "../tensor/device";
import { readback } from "../tensor/readback";
import "./convolution";
import { planConv } from "./convPlan";
import type { ConvStyle } from "./convPlan";
import { convStyleOf, forceConvStyle } from "./convRun";
import { denseShape } from "./convShape";

type Pad = number | [[0, 0], [number, number], [number, number], [0, 0]];

interface Case {
  readonly name: string;
  /** [B, H, W, C] */
  readonly x: readonly [number, number, number, number];
  /** kernel height and width, output channels */
  readonly filter: readonly [number, number, number];
  readonly stride?: number | [number, number];
  readonly pad?: Pad;
}

/** Symmetric in both axes, as PyTorch pads; tfjs's number does the same. */
const cases: readonly Case[] = [
  { name: "3x3", x: [2, 9, 9, 8], filter: [3, 3, 8], pad: 1 },
  { name: "3x3 of 64 channels", x: [1, 7, 7, 64], filter: [3, 3, 64], pad: 1 },
  { name: "3x3 from few to many channels", x: [2, 6, 6, 4], filter: [3, 3, 72], pad: 1 },
  { name: "3x3 stride 2", x: [2, 8, 8, 8], filter: [3, 3, 16], stride: 2, pad: 1 },
  { name: "3x3 stride 2, odd size", x: [2, 9, 7, 12], filter: [3, 3, 20], stride: 2, pad: 1 },
  { name: "3x3 without padding", x: [1, 6, 8, 4], filter: [3, 3, 4], pad: 0 },
  { name: "7x7 stride 2 of 3 channels", x: [2, 17, 15, 3], filter: [7, 7, 16], stride: 2, pad: 3 },
  { name: "5x5", x: [1, 11, 9, 6], filter: [5, 5, 10], pad: 2 },
  { name: "1x1", x: [3, 5, 5, 24], filter: [1, 1, 40] },
  { name: "1x1 stride 2", x: [2, 8, 8, 16], filter: [1, 1, 32], stride: 2 },
  { name: "1x1 stride 2, odd size", x: [2, 7, 9, 5], filter: [1, 1, 7], stride: 2 },
  { name: "17 output channels", x: [2, 6, 5, 8], filter: [3, 3, 17], pad: 1 },
  { name: "17 input channels", x: [2, 6, 5, 17], filter: [3, 3, 8], pad: 1 },
  { name: "3 to 3 channels", x: [1, 8, 8, 3], filter: [3, 3, 3], pad: 1 },
  {
    name: "asymmetric padding",
    x: [2, 8, 6, 4],
    filter: [3, 3, 8],
    stride: 2,
    pad: [
      [0, 0],
      [0, 1],
      [1, 0],
      [0, 0],
    ],
  },
  {
    name: "asymmetric kernel and stride",
    x: [2, 9, 12, 4],
    filter: [1, 5, 8],
    stride: [1, 2],
    pad: [
      [0, 0],
      [0, 0],
      [2, 2],
      [0, 0],
    ],
  },
  { name: "stride 3 beyond the kernel", x: [1, 10, 10, 4], filter: [2, 2, 4], stride: 3, pad: 0 },
  { name: "padding larger than the image", x: [1, 2, 2, 8], filter: [3, 3, 8], pad: 3 },
  { name: "one pixel, many channels", x: [5, 1, 1, 100], filter: [1, 1, 36] },
  { name: "many pixels, deep sums", x: [4, 24, 24, 8], filter: [3, 3, 8], pad: 1 },
];

/** Repeatable values in [−1, 1) that no symmetry cancels. */
function noise(shape: readonly number[], seed: number): Tensor {
  const n = shape.reduce((product, size) => product * size, 1);
  return tensor(
    Float32Array.from({ length: n }, (_, i) => ((i * 7919 + seed * 104729) % 2039) / 1020 - 1),
    [...shape],
  );
}

function convolve({ x, filter, stride = 1, pad = 0 }: Case) {
  const [height, width, channels] = filter;
  const image = noise(x, 1) as Tensor4D;
  const weights = noise([height, width, x[3], channels], 2) as Tensor4D;
  const conv = (a: Tensor, b: Tensor) => conv2d(a as Tensor4D, b as Tensor4D, stride, pad);
  const y = conv(image, weights);
  const [dx, dw] = grads(conv)([image, weights], noise(y.shape, 3)) as [Tensor, Tensor];
  return { y, dx, dw };
}

let device: Device;
let counters: Counters;
const problems: Problem[] = [];

beforeAll(async () => {
  device = await openDevice({ onProblem: (problem) => problems.push(problem) });
  if (device.gpu) counters = attachCounters(device.gpu);
});
afterAll(() => device.close());
afterEach(() => {
  forceConvStyle(null);
  expect(problems).toEqual([]);
});

/** One for every way that operands are read, and the strides: emulators compile tiles for a second each. */
const few = ["3x3 of 64 channels", "3x3 stride 2, odd size", "5x5", "17 output channels", "17 input channels"];

const styles: readonly [name: string, style: ConvStyle, cases: readonly Case[]][] = [
  ["tiled", { kind: "tiled", lanes: 0, tile: 32 }, cases],
  ["tiled, large", { kind: "tiled", lanes: 0, tile: 64 }, cases.filter(({ name }) => few.includes(name))],
  ["register-blocked", { kind: "block", lanes: 0 }, cases],
  ["register-blocked, columns broadcast", { kind: "block", lanes: 8 }, cases],
];

describe.each(styles)("%s", (_, style, cases) => {
  // Broadcasting needs subgroups of eight lanes; Mesa's software GPU has them, SwiftShader has four.
  const possible = () => style.lanes === 0 || (device.gpu !== null && convStyleOf(device.gpu).lanes === style.lanes);

  test.each(cases)("$name equals the cpu kernels", async (one) => {
    if (!possible()) return;
    forceConvStyle(style);
    const expected = await runOn("cpu", () => convolve(one));
    counters.reset();
    const actual = await runOn("webgpu", () => convolve(one));
    // Twice the forward pass, one dispatch each; dx one; dw with its sum of parts at most two.
    const { dispatches } = counters.read();
    expect(dispatches).toBeGreaterThanOrEqual(4);
    expect(dispatches).toBeLessThanOrEqual(5);
    // float32 sums of up to 2,304 products in another order than the cpu's.
    for (const name of ["y", "dx", "dw"]) {
      expect(relativeError(actual[name]!, expected[name]!), name).toBeLessThan(3e-6);
    }
  });

  test("gives the same numbers in many small dispatches", async () => {
    if (!possible()) return;
    const one: Case = { name: "many pixels", x: [2, 24, 23, 8], filter: [3, 3, 20], stride: 2, pad: 1 };
    forceConvStyle(style);
    const whole = await runOn("webgpu", () => convolve(one));
    forceConvStyle({ ...style, operations: 1e4 });
    counters.reset();
    expect(await runOn("webgpu", () => convolve(one))).toEqual(whole);
    expect(counters.read().dispatches).toBeGreaterThan(5);
  });

  test("repeats bit for bit", async () => {
    if (!possible()) return;
    forceConvStyle(style);
    const one = cases.at(-1)!;
    const first = await runOn("webgpu", () => convolve(one));
    expect(await runOn("webgpu", () => convolve(one))).toEqual(first);
  });
});

test("the gradient is the slope: a step along it changes the sum by its square", async () => {
  const x = noise([2, 9, 9, 8], 1) as Tensor4D;
  const w = noise([3, 3, 8, 12], 2) as Tensor4D;
  const weighting = noise([2, 5, 5, 12], 4);
  const value = (a: Tensor, b: Tensor) => sum(mul(conv2d(a as Tensor4D, b as Tensor4D, 2, 1), weighting));
  const [dx, dw] = grads(value)([x, w]) as [Tensor, Tensor];
  const slope = async (of: (t: number) => Tensor) => {
    const [up, down] = await Promise.all([readback(of(0.5)), readback(of(-0.5))]);
    return up[0]! - down[0]!;
  };
  const square = async (g: Tensor) => (await readback(sum(mul(g, g))))[0]!;
  // The convolution is linear in each argument, so the central difference is exact up to rounding.
  expect((await slope((t) => value(add(x, mul(dx, t)), w))) / (await square(dx))).toBeCloseTo(1, 4);
  expect((await slope((t) => value(x, add(w, mul(dw, t))))) / (await square(dw))).toBeCloseTo(1, 4);
});

test("the transposed convolution runs on the same kernels", async () => {
  const compute = () => ({
    y: conv2dTranspose(
      noise([2, 5, 6, 8], 1) as Tensor4D,
      noise([3, 3, 12, 8], 2) as Tensor4D,
      [2, 10, 12, 12],
      2,
      "same",
    ),
  });
  const expected = await runOn("cpu", compute);
  expect(relativeError((await runOn("webgpu", compute))["y"]!, expected["y"]!)).toBeLessThan(1e-6);
});

test("dilation stays with the stock kernel", async () => {
  const compute = () => ({
    y: conv2d(noise([1, 12, 12, 8], 1) as Tensor4D, noise([3, 3, 8, 8], 2) as Tensor4D, 1, 0, "NHWC", 2),
  });
  const expected = await runOn("cpu", compute);
  expect(relativeError((await runOn("webgpu", compute))["y"]!, expected["y"]!)).toBeLessThan(1e-6);
});

describe("the plan", () => {
  const tiled: ConvStyle = { kind: "tiled", lanes: 0 };
  const unet = {
    ...denseShape(1, 99, 99),
    batch: 8,
    inHeight: 360,
    inWidth: 480,
    outHeight: 360,
    outWidth: 480,
    kernelHeight: 3,
    kernelWidth: 3,
    padTop: 1,
    padLeft: 1,
  };

  test("cuts large work into slices that cover every row once", () => {
    const { slices } = planConv("forward", unet, tiled);
    // 244 GFLOP at 15 GFLOP a dispatch.
    expect(slices.length).toBe(17);
    expect(slices.reduce((next, { first, count }) => (first === next ? next + count : NaN), 0)).toBe(
      Math.ceil((8 * 360 * 480) / 64),
    );
  });

  test("splits the depth of a weight gradient with few weights, and only there", () => {
    const plan = planConv("filter", unet, tiled);
    expect(plan.parts).toBeGreaterThan(8);
    expect(plan.parts * plan.partDepth).toBeGreaterThanOrEqual(8 * 360 * 480);
    expect(planConv("input", unet, tiled).parts).toBe(1);
  });
});
