// Mixed precision: half floats with the same bits on GPU and CPU, a tape in half the memory, and a loss scale that finds its level.
import { tensor } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createRng } from "../base/rng";
import { kaimingNormal } from "../nn/init";
import { BatchNorm } from "../nn/layers/batchNorm";
import { Conv2d } from "../nn/layers/conv2d";
import { ReLU } from "../nn/layers/relu";
import { Sequential } from "../nn/layers/sequential";
import { Cnn } from "../nn/models/cnn";
import { createHead } from "../nn/models/head";
import { lossFor } from "../nn/losses/lossFor";
import { adamw } from "../optim/adam";
import { runOn } from "../tensor/compareBackends";
import { attachCounters } from "../tensor/counters";
import { openDevice } from "../tensor/device";
import type { Device } from "../tensor/device";
import { fromHalf, packHalf, roundHalf, toHalf, unpackHalf } from "../tensor/half";
import { liveTensors } from "../tensor/scope";
import { writeTensor } from "../tensor/writeTensor";
import { toyData } from "../testing/toyData";
import type { Callback } from "./callback";
import { mixedPrecision } from "./callbacks/mixedPrecision";
import { Learner } from "./learner";

const problems: string[] = [];
let device: Device;
beforeAll(async () => {
  device = await openDevice({ onProblem: ({ title, debug }) => void problems.push(`${title} ${debug ?? ""}`) });
});
afterAll(() => device.close());

/** Normal, tiny, huge and odd numbers. */
function mixed(size: number): Float32Array {
  const rng = createRng("half");
  const special = [0, -0, 65504, 65519.99, 65520, -1e30, 2 ** -24, 2 ** -25, 3 * 2 ** -25, 2 ** -14, -(2 ** -15), 1 + 2 ** -11, 1 + 3 * 2 ** -11, 6.1e-5]; // prettier-ignore
  return Float32Array.from({ length: size }, (_, i) => special[i] ?? rng.normal() * 10 ** ((i % 13) - 8));
}

describe("half floats", () => {
  test("round as IEEE says: ties to even, subnormals kept, beyond 65,520 infinite", () => {
    const rounded = (value: number) => fromHalf(toHalf(value));
    expect([1 + 2 ** -11, 1 + 3 * 2 ** -11, 65519, 65520, -1e9].map(rounded)).toEqual([1, 1 + 2 ** -9, 65504, Infinity, -Infinity]); // prettier-ignore
    expect([2 ** -24, 2 ** -25, 3 * 2 ** -25, 2 ** -26].map(rounded)).toEqual([2 ** -24, 0, 2 ** -23, 0]);
    expect(rounded(Number.NaN)).toBeNaN();
    for (let half = 0; half < 0x7c00; half += 1) expect(toHalf(fromHalf(half))).toBe(half);
  });

  test.each([2048, 3001])("are the same bits on both backends, %i of them, packed and unpacked", async (size) => {
    const compute = (): Record<string, Tensor> => {
      const [x, y] = [tensor(mixed(size)), tensor(mixed(size))];
      const packed = packHalf(x);
      roundHalf(y);
      return { y, packed, back: unpackHalf(packed, [size]) };
    };
    const [cpu, gpu] = [await runOn("cpu", compute), await runOn("webgpu", compute)];
    for (const name of ["y", "packed", "back"]) expect(gpu[name], name).toEqual(cpu[name]);
    expect(cpu["back"]).toEqual(cpu["y"]);
    expect(problems).toEqual([]);
  });
});

interface Options {
  readonly precision: "f32" | "f16";
  readonly depth?: number;
  readonly size?: number;
  readonly batchSize?: number;
  readonly steps?: number;
}

/** A plain network of convolutions with batch norm, eight channels wide. */
function learner({ precision, depth = 3, size = 16, batchSize = 8, steps = 6 }: Options): Learner {
  const init = kaimingNormal(createRng(1, "mixed"), "in");
  const layers = Array.from({ length: depth }, (_, i) => [
    new Conv2d({ inputs: i === 0 ? 3 : 8, outputs: 8, kernel: 3, stride: 1, padding: 1 }, init),
    new BatchNorm("BatchNorm2d", 8, init),
    new ReLU(),
  ]);
  const head = createHead({ features: 8, classes: 3, lin: [], dropout: 0 }, init);
  return new Learner({
    data: toyData({ size, batchSize, items: steps * batchSize }),
    model: new Cnn(new Sequential(layers.flat()), head, 3),
    loss: lossFor("singleLabel"),
    optimizer: adamw(),
    precision,
    seed: 1,
    clock: () => performance.now(),
  });
}

async function lossesOf(
  learn: Learner,
  epochs: number,
  callbacks: readonly Callback[] = [],
  lr = 0.01,
): Promise<number[]> {
  const losses: number[] = [];
  const watch: Callback = { name: "watch", afterLosses: (_, __, rows) => void losses.push(...rows) };
  await learn.fit(epochs, lr, { callbacks: [watch, ...callbacks] });
  return losses;
}

describe("training in mixed precision", () => {
  test("follows float32's losses, and the scale stays where it began", async () => {
    const [full, half] = [learner({ precision: "f32" }), learner({ precision: "f16" })];
    const [a, b] = [await lossesOf(full, 2, [], 0.001), await lossesOf(half, 2, [mixedPrecision({ onFallback: () => undefined, every: 1 })], 0.001)]; // prettier-ignore
    expect(a).toHaveLength(12);
    // Eleven bits an activation, averaged over many; the weights drift apart by Adam's unit steps.
    a.forEach((loss, i) => expect(Math.abs((b[i] ?? NaN) - loss), `step ${i}`).toBeLessThan(0.02 * a[0]!));
    expect(b).not.toEqual(a);
    expect(half.lossScale).toBe(2 ** 16);
    for (const learn of [full, half]) learn.dispose();
    expect(problems).toEqual([]);
  });

  test("leaves steps out while gradients overflow, halves the scale each time, then trains as if they had not been", async () => {
    const learn = learner({ precision: "f16" });
    if (!learn.scaling) throw new Error("no scale");
    // Gradients of about a hundredth overflow a half float at 2^24, and fit at a few halvings less.
    writeTensor(learn.scaling.scale, new Float32Array([2 ** 24]));
    const weights: string[] = [];
    const scales: number[] = [];
    const look: Callback = {
      name: "look",
      async afterBatch({ scaling, model, training }) {
        if (!training || !scaling) return;
        scales.push((await scaling.scale.data())[0] ?? 0);
        weights.push((await model.namedParameters()[0]?.[1].tensor.data())?.join() ?? "");
      },
    };
    const losses = await lossesOf(learn, 3, [look]);
    const skipped = await learn.scaling.skipped();
    expect(skipped).toBeGreaterThan(0);
    expect(skipped).toBeLessThan(14);
    expect(scales.slice(0, skipped)).toEqual(Array.from({ length: skipped }, (_, i) => 2 ** (23 - i)));
    expect(new Set(weights.slice(0, skipped)).size).toBe(1);
    expect(new Set(weights.slice(skipped - 1)).size).toBe(weights.length - skipped + 1);
    expect(losses.every(Number.isFinite)).toBe(true);
    // Adam's first step is as long as the rate, whichever step of the run it is.
    const [before, after] = [weights[skipped - 1], weights[skipped]].map((text) => (text ?? "").split(",").map(Number));
    const moved = Math.max(...(before ?? []).map((value, i) => Math.abs((after?.[i] ?? NaN) - value)));
    expect(moved).toBeGreaterThan(0.0095);
    expect(moved).toBeLessThan(0.0105);
    learn.dispose();
  });

  test("goes on in float32, from finite weights and statistics, where every scale overflows", async () => {
    const learn = learner({ precision: "f16" });
    if (!learn.scaling) throw new Error("no scale");
    writeTensor(learn.scaling.scale, new Float32Array([4]));
    // Pictures a million times too bright: already the first convolution leaves the range of half floats.
    const bright: Callback = { name: "bright", order: -20, beforeBatch({ current, training }) { if (training && current) writeTensor(current.x, new Float32Array(current.x.size).map((_, i) => ((i % 7) - 3) * 1e6)); } }; // prettier-ignore
    const told: string[] = [];
    await lossesOf(learn, 4, [bright, mixedPrecision({ onFallback: (why) => void told.push(why), every: 1 })]);
    expect(told).toEqual(["overflow"]);
    expect(learn.scaling).toBeNull();
    const { tensors } = await learn.state();
    for (const [name, { data }] of tensors) expect(data.every(Number.isFinite), name).toBe(true);
    learn.dispose();
  });

  test("goes on exactly from its saved state", async () => {
    const [whole, first, second] = [learner({ precision: "f16" }), learner({ precision: "f16" }), learner({ precision: "f16" })]; // prettier-ignore
    for (const learn of [whole, first]) await learn.fit(1, 0.01);
    second.restore(await first.state());
    for (const learn of [whole, second]) await learn.fit(1, 0.01);
    expect((await second.state()).tensors).toEqual((await whole.state()).tensors);
    for (const learn of [whole, first, second]) learn.dispose();
  });

  test("keeps half the bytes for the way back, with a lower peak, and leaks nothing", async () => {
    const peaks: Record<string, number> = {};
    for (const precision of ["f32", "f16"] as const) {
      device.close();
      device = await openDevice({ onProblem: ({ title }) => void problems.push(title) });
      const counters = attachCounters(device.gpu as GPUDevice);
      // 16 pictures of 32 × 32 with 8 channels are half a megabyte an activation, and there are 24.
      const learn = learner({ precision, depth: 12, size: 32, batchSize: 16, steps: 3 });
      let bytes: { kept: number; float32: number } | null = null;
      const counts: number[] = [];
      const look: Callback = { name: "look", afterBatch({ halfBytes, training }) { if (training) { bytes = halfBytes && { ...halfBytes }; counts.push(liveTensors()); } } }; // prettier-ignore
      await lossesOf(learn, 1, [look]);
      peaks[precision] = counters.read().peakBytes;
      if (precision === "f16") expect(bytes).toMatchObject({ kept: ((bytes as { float32: number } | null)?.float32 ?? 0) / 2 }); // prettier-ignore
      expect(counts.at(-1)).toBe(counts.at(-3));
      learn.dispose();
      counters.detach();
    }
    console.log(peaks);
    expect(peaks["f16"]).toBeLessThan(0.8 * (peaks["f32"] ?? 0));
    expect(problems).toEqual([]);
  });
});
