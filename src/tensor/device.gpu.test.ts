// Opening, losing and closing the device, and the way down to the processor.
import { add, getBackend, matMul, mul, setBackend, sum, tensor, tensor1d } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor2D } from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import type { Problem } from "../base/problem";
import { compileAhead } from "./compileAhead";
import { attachCounters } from "./counters";
import { openDevice } from "./device";
import { valueAndGradients } from "./gradients";
import { defineKernel, sizeOf } from "./kernel";
import { defineProgram, flatGroups, forEachElement } from "./program";
import { readback } from "./readback";
import { tensorOf } from "./writeTensor";

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

test("a lost device becomes a Problem that offers to go on, and a new one can be opened after it", async () => {
  const problems: Problem[] = [];
  const device = await openDevice({ onProblem: (problem) => problems.push(problem) });
  const x = tensor1d([1, 2, 3]);
  device.gpu?.destroy();
  await until(() => problems.length > 0);
  expect(problems).toMatchObject([{ code: "GPU_LOST", mend: [{ action: { do: "resume" } }, {}] }]);
  x.dispose();
  device.close();

  const again = await openDevice({ onProblem: (problem) => problems.push(problem) });
  const y = add(tensor1d([1, 2, 3]), 1);
  expect([...(await readback(y))]).toEqual([2, 3, 4]);
  y.dispose();
  again.close();
  await again.gpu?.lost;
  // Closing on purpose is no loss.
  expect(problems).toHaveLength(1);
});

test("a refused command becomes a Problem, and nothing is thrown", async () => {
  const problems: Problem[] = [];
  const device = await openDevice({ onProblem: (problem) => problems.push(problem) });
  device.gpu?.createShaderModule({ code: "fn broken(" });
  await device.gpu?.queue.onSubmittedWorkDone();
  await until(() => problems.length > 0);
  expect(problems).toMatchObject([{ code: "GPU_ERROR", severity: "error" }]);
  expect(problems[0]?.debug).not.toBe("");
  device.close();
});

test("without an adapter the processor takes over and is named as slow", async () => {
  const problems: Problem[] = [];
  const { gpu } = navigator;
  const none = { requestAdapter: () => Promise.resolve(null) };
  Object.defineProperty(navigator, "gpu", { value: none, configurable: true });
  const device = await openDevice({ onProblem: (problem) => problems.push(problem) });
  Object.defineProperty(navigator, "gpu", { value: gpu, configurable: true });
  expect(device.opened).toMatchObject({ backend: "cpu", slow: true, features: [] });
  expect(getBackend()).toBe("cpu");
  expect(problems).toMatchObject([{ code: "GPU_MISSING", severity: "warning" }]);
  expect((await sum(tensor1d([1, 2])).data())[0]).toBe(3);
});

test("compiling ahead leaves nothing to compile for the step, and computes nothing", async () => {
  const problems: Problem[] = [];
  const device = await openDevice({ onProblem: (problem) => problems.push(problem) });
  const triple = defineProgram({
    name: "Triple",
    storage: { x: "read f32", y: "write f32" },
    uniforms: { n: "u32" },
    code: forEachElement("  y[i] = 3.0 * x[i];"),
  });
  const kernel = defineKernel<"x", object>({
    name: "TestTriple",
    reference: ({ x }) => [{ data: Float32Array.from(x.data, (v) => 3 * v), shape: x.shape }],
    gpu({ x }, _, gpu) {
      const y = gpu.make(x.shape);
      gpu.run(triple, { tensors: { x, y }, uniforms: { n: sizeOf(x) }, groups: flatGroups(sizeOf(x)) });
      return [y];
    },
    gradient: { saveInputs: [], saveOutputs: [], of: ([dy]) => ({ x: () => mul(dy as Tensor, 3) }) },
  });
  const w = tensorOf(new Float32Array(64 * 64).fill(0.5), [64, 64], "float32");
  const step = () => valueAndGradients(() => sum(matMul(kernel({ x: w }, {})[0] as Tensor2D, w as Tensor2D)), [w]);
  const counters = attachCounters(device.gpu as GPUDevice);
  expect(await compileAhead(() => void step())).toBe(1);
  expect(counters.read().dispatches).toBe(0);
  counters.reset();
  const { value, grads } = step();
  expect(counters.read().pipelines).toBe(0);
  expect(counters.read().dispatches).toBeGreaterThan(3);
  expect((await readback(value))[0]).toBe(64 * 64 * 64 * 0.75);
  expect((await readback(grads[0] as Tensor))[0]).toBe(2 * 64 * 1.5);
  counters.detach();
  device.close();
  expect(problems).toEqual([]);
  await setBackend("cpu");
  expect((await tensor([2]).data())[0]).toBe(2);
});
