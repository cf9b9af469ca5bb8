// The tensor layer on a real WebGPU device: dispatch, views, counting, random numbers, reading back.
import {
  add,
  engine,
  grad,
  matMul,
  mean,
  mul,
  sum,
  tanh,
  tensor,
  tensor1d,
  variable,
  zeros,
} from "@tensorflow/tfjs-core";
import type { Tensor, Tensor2D } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Problem } from "../base/problem";
import { copyIntoArena, createArena, moveToArena } from "./arena";
import { activeGpu, submit } from "./backend";
import { compareBackends } from "./compareBackends";
import { attachCounters } from "./counters";
import { openDevice } from "./device";
import type { Device } from "./device";
import { createFiniteWatch } from "./finite";
import { valueAndGradients } from "./gradients";
import { defineKernel, sizeOf } from "./kernel";
import { createLossRing } from "./lossRing";
import { gpuMemory, trimPool } from "./poolTrim";
import { defineProgram, flatGroups, forEachElement, precompile } from "./program";
import { randomBits, randomNormal, randomUniform } from "./random";
import { readback } from "./readback";
import { countLeaks, liveTensors } from "./scope";
import { tensorFromBytes, tensorOf, writeTensor } from "./writeTensor";

let device: Device;
const problems: Problem[] = [];

beforeAll(async () => {
  device = await openDevice({ onProblem: (problem) => problems.push(problem) });
});

afterAll(() => device.close());

beforeEach(() => {
  problems.length = 0;
});

function ramp(n: number, step = 0.25): Float32Array {
  return Float32Array.from({ length: n }, (_, i) => (i % 97) * step - 10);
}

test("the device reports its adapter, features and raised limits", () => {
  expect(device.opened.backend).toBe("webgpu");
  expect(device.opened.limits["maxStorageBuffersPerShaderStage"]).toBeGreaterThanOrEqual(8);
  expect(device.opened.adapter.vendor + device.opened.adapter.architecture).not.toBe("");
});

const doubler = defineProgram({
  name: "Doubler",
  storage: { x: "write f32" },
  uniforms: { n: "u32", k: "f32" },
  code: forEachElement("  x[i] = x[i] * u.k;"),
});
const scaleInPlace = defineKernel<"x", { k: number }>({
  name: "TestScaleInPlace",
  reference({ x }, { k }) {
    for (let i = 0; i < x.data.length; i += 1) x.data[i] = (x.data[i] as number) * k;
    return [];
  },
  gpu({ x }, { k }, gpu) {
    gpu.run(doubler, { tensors: { x }, uniforms: { n: sizeOf(x), k }, groups: flatGroups(sizeOf(x)) });
    return [];
  },
});

test("a tensor written in place after it was read shows its new values", async () => {
  const x = tensor1d(ramp(3000));
  expect((await x.data())[5]).toBe(-8.75);
  scaleInPlace({ x }, { k: 2 });
  scaleInPlace({ x }, { k: 3 });
  expect((await x.data())[5]).toBe(-52.5);
  x.dispose();
});

test("more than 65,535 workgroups are folded and an empty tensor costs nothing", async () => {
  const n = 65536 * 64 + 3;
  const x = tensor1d(new Float32Array(n).fill(1.5));
  scaleInPlace({ x }, { k: 2 });
  const values = await readback(x);
  expect([values[0], values[65535 * 64], values[n - 1]]).toEqual([3, 3, 3]);
  x.dispose();
  const empty = tensor1d(new Float32Array(0));
  scaleInPlace({ x: empty }, { k: 2 });
  expect(await readback(empty)).toHaveLength(0);
  empty.dispose();
});

test("binding one buffer for reading and for writing throws instead of dropping work", () => {
  const copy = defineProgram({
    name: "Copy",
    storage: { x: "read f32", y: "write f32" },
    uniforms: { n: "u32" },
    code: forEachElement("  y[i] = x[i];"),
  });
  const bad = defineKernel<"x", object>({
    name: "TestAlias",
    reference: () => [],
    gpu({ x }, _, gpu) {
      gpu.run(copy, { tensors: { x, y: x }, uniforms: { n: 1 }, groups: [1] });
      return [];
    },
  });
  const x = tensor1d([1]);
  expect(() => bad({ x }, {})).toThrow("same buffer");
  x.dispose();
});

test("a faulty shader is named by precompile", async () => {
  const faulty = defineProgram({ name: "Faulty", storage: { x: "write f32" }, uniforms: {}, code: "fn main() {" });
  await expect(precompile(device.gpu as GPUDevice, [faulty])).rejects.toThrow();
});

test("synchronous reads of GPU tensors throw", () => {
  const x = add(tensor1d(ramp(2000)), 1);
  expect(() => x.dataSync()).toThrow("synchronous read");
  x.dispose();
});

test("stock kernels compute with tensors that are views into an arena", async () => {
  const a = variable(tensor(ramp(60 * 50), [60, 50]));
  const b = variable(tensor(ramp(50 * 70, 0.125), [50, 70]));
  const c = variable(tensor(ramp(7), [7]));
  const product = (): Tensor => matMul(a as Tensor as Tensor2D, b as Tensor as Tensor2D);
  const before = await readback(product());
  const arena = moveToArena([a, b, c]);
  expect(arena.chunks).toHaveLength(1);
  expect(await readback(product())).toEqual(before);
  expect(await readback(c)).toEqual(ramp(7));
  const spread = grad((x: Tensor) => sum(mul(x, a as Tensor as Tensor2D)))(a as Tensor);
  expect(await readback(spread)).toEqual(ramp(3000).map((v) => 2 * v));
  writeTensor(c, new Float32Array(7).fill(4));
  expect(await readback(c)).toEqual(new Float32Array(7).fill(4));
  scaleInPlace({ x: (arena.chunks[0] as { flat: Tensor }).flat }, { k: 0.5 });
  expect(await readback(c)).toEqual(new Float32Array(7).fill(2));
  expect(await readback(a)).toEqual(ramp(3000).map((v) => v / 2));
  arena.dispose();
  expect(await readback(a)).toEqual(ramp(3000).map((v) => v / 2));
  for (const t of [a, b, c, spread]) t.dispose();
  expect(problems).toEqual([]);
});

test("gradients are gathered into an arena without a dispatch", async () => {
  const arena = createArena([[5, 3], [100]]);
  expect(await readback(arena.tensors[1] as Tensor)).toEqual(new Float32Array(100));
  const counters = attachCounters(device.gpu as GPUDevice);
  const source = tensor1d(ramp(100));
  copyIntoArena(arena, [null, source]);
  submit();
  expect(counters.read()).toMatchObject({ dispatches: 0, copies: 1, submits: 1 });
  counters.detach();
  expect(await readback(arena.tensors[1] as Tensor)).toEqual(ramp(100));
  expect(await readback(arena.tensors[0] as Tensor)).toEqual(new Float32Array(15));
  source.dispose();
  for (const t of arena.tensors) t.dispose();
  arena.dispose();
});

test("the gradients of sum and mean upload nothing of the tensor's size", async () => {
  const x = tensor(ramp(64 * 500), [64, 500]);
  const counters = attachCounters(device.gpu as GPUDevice);
  const dSum = grad((v: Tensor) => sum(sum(mul(v, v), 1)))(x);
  const dMean = grad((v: Tensor) => mean(v))(x);
  const { mappedBytes, writtenBytes } = counters.read();
  counters.detach();
  // The tensor itself goes up once: 128,000 bytes; the rest is scalars and uniforms.
  expect(mappedBytes + writtenBytes).toBeLessThan(64 * 500 * 4 + 4000);
  expect(await readback(dSum)).toEqual(ramp(64 * 500).map((v) => 2 * v));
  expect(new Set(await readback(dMean))).toEqual(new Set([Math.fround(1 / 32000)]));
  for (const t of [x, dSum, dMean]) t.dispose();
});

test("a step's dispatches, uploads and live tensors are the same every time, and freed memory is used again", async () => {
  const w = variable(tensor(ramp(64 * 64), [64, 64]));
  const step = (): void => {
    const g = grad((v: Tensor) => mean(matMul(v as Tensor2D, v as Tensor2D)))(w as Tensor);
    g.dispose();
    submit();
  };
  step();
  step();
  const counters = attachCounters(device.gpu as GPUDevice);
  const live = liveTensors();
  step();
  const first = counters.read();
  counters.reset();
  step();
  expect(counters.read()).toEqual(first);
  expect(first.dispatches).toBeGreaterThan(2);
  expect(first.submits).toBe(1);
  expect(liveTensors()).toBe(live);
  counters.detach();
  w.dispose();
  await (device.gpu as GPUDevice).queue.onSubmittedWorkDone();
});

test("trimming the pool frees what is not in use and leaves tensors alone", async () => {
  const kept = add(tensor1d(ramp(5000)), 1);
  for (let i = 1; i < 6; i += 1) add(tensor1d(ramp(1000 * i)), 1).dispose();
  submit();
  const before = gpuMemory().allocated;
  const freed = trimPool();
  expect(freed).toBeGreaterThan(4000);
  expect(gpuMemory().allocated).toBe(before - freed);
  expect((await readback(kept))[0]).toBe(-9);
  kept.dispose();
});

test("random numbers are the same on the CPU and the GPU", async () => {
  const errors = await compareBackends(() => ({
    uniform: randomUniform([50, 41], { seed: 0xdeadbeef, stream: 7 }),
    normal: randomNormal([50, 41], { seed: 3, stream: 0xffffffff, mean: 1, std: 2 }),
  }));
  expect(errors["uniform"]).toBe(0);
  // The tails pass through log, which WGSL leaves some freedom, and a polynomial with cancelling terms.
  expect(errors["normal"]).toBeLessThan(2e-4);
  const bits = randomUniform([4], { seed: 9, stream: 2 });
  const expected = [0, 1, 2, 3].map((i) => (randomBits(i, 2, 9) >>> 8) * 2 ** -24);
  expect([...(await readback(bits))]).toEqual(expected);
  bits.dispose();
});

test("a watch finds NaN and infinity, once", async () => {
  const watch = createFiniteWatch();
  const good = tensor1d(ramp(2100));
  const bad = tensor1d(ramp(2100));
  const values = ramp(2100);
  values[2099] = NaN;
  writeTensor(bad, values);
  watch.check(good);
  expect(await watch.allFinite()).toBe(true);
  watch.check(good);
  watch.check(bad);
  watch.check(good);
  expect(await watch.allFinite()).toBe(false);
  expect(await watch.allFinite()).toBe(true);
  values[2099] = -Infinity;
  writeTensor(bad, values);
  watch.check(bad);
  expect(await watch.allFinite()).toBe(false);
  watch.dispose();
  good.dispose();
  bad.dispose();
});

test("the loss ring returns every number once, in order, also beyond its capacity", async () => {
  const ring = createLossRing(4);
  const counters = attachCounters(device.gpu as GPUDevice);
  for (let i = 0; i < 11; i += 1) {
    const scalar = add(tensor1d([i]), 0.5);
    ring.push(scalar);
    scalar.dispose();
  }
  expect(ring.pending).toBe(11);
  expect(counters.read().maps).toBeLessThanOrEqual(2);
  const first = ring.drain();
  const second = ring.drain();
  expect([...(await first)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((v) => v + 0.5));
  expect([...(await second)]).toEqual([]);
  counters.detach();
  ring.dispose();
});

test("a read sees its own moment, and its copy never changes", async () => {
  const x = tensor1d(ramp(4000));
  const first = readback(x);
  scaleInPlace({ x }, { k: 2 });
  const second = readback(x);
  scaleInPlace({ x }, { k: 2 });
  const third = readback(x);
  expect([(await first)[0], (await second)[0], (await third)[0]]).toEqual([-10, -20, -40]);
  x.dispose();
});

test("bytes go up as they are", async () => {
  const bytes = Uint8Array.from({ length: 4097 }, (_, i) => i * 7);
  const counters = attachCounters(device.gpu as GPUDevice);
  const words = tensorFromBytes(bytes);
  expect(counters.read()).toMatchObject({ writtenBytes: 4100, mappedBytes: 0 });
  counters.detach();
  const back = new Uint8Array((await readback(words)).buffer).subarray(0, 4097);
  expect([...back]).toEqual([...bytes]);
  words.dispose();
});

test("writing into a tensor does not overtake work recorded before", async () => {
  const x = tensorOf(new Float32Array(2500).fill(1), [2500], "float32");
  const before = add(x, 1);
  writeTensor(x, new Float32Array(2500).fill(10));
  const after = add(x, 1);
  expect([(await readback(before))[7], (await readback(after))[7]]).toEqual([2, 11]);
  for (const t of [x, before, after]) t.dispose();
});

test("leaks are counted", async () => {
  let leaked: Tensor | undefined;
  const count = await countLeaks(() => {
    leaked = zeros([3]);
  });
  expect(count).toBe(1);
  leaked?.dispose();
  expect(activeGpu()).not.toBeNull();
  expect(engine().state.numTensors).toBe(liveTensors());
});

test("nothing above made the GPU complain", async () => {
  await (device.gpu as GPUDevice).queue.onSubmittedWorkDone();
  expect(problems).toEqual([]);
});

describe("valueAndGradients", () => {
  const layers = 12;
  const width = 32;
  const weights = (): Tensor[] =>
    Array.from({ length: layers }, (_, i) => randomNormal([width, width], { seed: i, std: 1 / Math.sqrt(width) }));
  const network =
    (x: Tensor, ws: readonly Tensor[]): (() => Tensor) =>
    () => {
      let h = x;
      for (const w of ws) h = add(tanh(matMul(h as Tensor2D, w as Tensor2D)), h);
      return mean(mul(h, h));
    };

  test("gives the engine's numbers, bit for bit, with less memory at its peak and none left over", async () => {
    const x = randomNormal([1024, width], { seed: 99 });
    const ws = weights();
    const unused = tensor1d([1, 2]);
    const f = network(x, ws);
    const device_ = device.gpu as GPUDevice;

    trimPool();
    const counters = attachCounters(device_);
    const before = liveTensors();
    const ours = valueAndGradients(f, [...ws, unused]);
    submit();
    const peakOurs = counters.read().peakBytes;
    expect(ours.grads[layers]).toBeNull();
    const values = await Promise.all([ours.value, ...(ours.grads.slice(0, layers) as Tensor[])].map(readback));
    for (const t of [ours.value, ...ours.grads]) t?.dispose();
    expect(liveTensors()).toBe(before);

    trimPool();
    counters.reset();
    const theirs = engine().gradients(f, ws);
    submit();
    const peakTheirs = counters.read().peakBytes;
    counters.detach();
    expect(await Promise.all([theirs.value, ...theirs.grads].map(readback))).toEqual(values);
    for (const t of [theirs.value, ...theirs.grads, x, unused, ...ws]) t.dispose();
    console.log(`peak ${(peakOurs / 1e6).toFixed(1)} MB, engine().gradients ${(peakTheirs / 1e6).toFixed(1)} MB`);
    expect(peakOurs).toBeLessThan(0.75 * peakTheirs);
  });

  test("leaves nothing behind when the forward pass throws", () => {
    const x = tensor(ramp(2000), [40, 50]);
    const before = liveTensors();
    const fail = (): Tensor => {
      tanh(x);
      throw new Error("no loss today");
    };
    expect(() => valueAndGradients(fail, [x])).toThrow("no loss today");
    expect(liveTensors()).toBe(before);
    const { value, grads } = valueAndGradients(() => sum(mul(x, x)), [x]);
    expect(grads[0]?.shape).toEqual([40, 50]);
    for (const t of [value, ...grads, x]) t?.dispose();
  });
});
