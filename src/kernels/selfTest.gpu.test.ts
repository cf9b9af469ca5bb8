// The self-test passes on a sound device and names what a broken one gets wrong.
import { getBackend, getKernel, registerKernel, unregisterKernel } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Problem } from "../base/problem";
import { openDevice } from "../tensor/device";
import type { Device } from "../tensor/device";
import { liveTensors } from "../tensor/scope";
import { runSelfTest } from "./selfTest";

let device: Device;
const problems: Problem[] = [];

beforeAll(async () => {
  device = await openDevice({ onProblem: (problem) => problems.push(problem) });
});
afterAll(() => device.close());

test("every case passes here, leaks nothing and leaves WebGPU active", async () => {
  const before = liveTensors();
  const outcomes = await runSelfTest((problem) => problems.push(problem));
  console.log(outcomes.map(({ name, maxError }) => `${name} ${maxError.toExponential(1)}`).join(", "));
  expect(outcomes.length).toBeGreaterThanOrEqual(6);
  expect(outcomes.filter(({ ok }) => !ok)).toEqual([]);
  expect(problems).toEqual([]);
  expect(liveTensors()).toBe(before);
  expect(getBackend()).toBe("webgpu");
});

test("a kernel that computes nonsense is named", async () => {
  const sound = getKernel("BatchMatMul", "webgpu");
  unregisterKernel("BatchMatMul", "webgpu");
  registerKernel({
    ...sound,
    kernelFunc: (call) =>
      sound.kernelFunc({ ...call, inputs: { ...call.inputs, a: call.inputs["b"], b: call.inputs["a"] } }),
  });
  const outcomes = await runSelfTest((problem) => problems.push(problem));
  unregisterKernel("BatchMatMul", "webgpu");
  registerKernel(sound);
  expect(outcomes.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual(["matrix product"]);
  expect(problems.splice(0)).toMatchObject([{ code: "GPU_WRONG", items: ["matrix product"] }]);
});
