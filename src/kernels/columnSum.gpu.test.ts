// tf.sum over leading axes on our kernel against the cpu's, and other axes as before.
import { sum, tensor } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Problem } from "../base/problem";
import { relativeError, runOn } from "../tensor/compareBackends";
import { attachCounters } from "../tensor/counters";
import { openDevice } from "../tensor/device";
import type { Device } from "../tensor/device";
import "./columnSum";

let device: Device;
const problems: Problem[] = [];

beforeAll(async () => {
  device = await openDevice({ onProblem: (problem) => problems.push(problem) });
});
afterAll(() => {
  device.close();
  expect(problems).toEqual([]);
});

const ramp = (shape: number[]) => {
  const n = shape.reduce((product, size) => product * size, 1);
  return tensor(
    Float32Array.from({ length: n }, (_, i) => ((i * 7919) % 2039) / 1020 - 1),
    shape,
  );
};

const cases: [shape: number[], axes: number[] | undefined, keepDims: boolean][] = [
  [[16, 37], [0], false],
  [[16, 37], [0], true],
  [[16, 37], [-2], false],
  [[3, 5, 7, 8], [0, 1, 2], false],
  [[3, 5, 7, 8], [1, 0], true],
  [[16, 37], [1], false],
  [[4, 6, 5], [0, 2], false],
  [[16, 37], undefined, false],
  [[2000, 3], [0], false],
];

test.each(cases)("%j over %j, keeping axes %s, equals the cpu kernel", async (shape, axes, keepDims) => {
  const compute = () => ({ y: sum(ramp(shape), axes, keepDims) });
  const expected = await runOn("cpu", compute);
  // float32 sums of up to 2,000 values in another order.
  expect(relativeError((await runOn("webgpu", compute))["y"]!, expected["y"]!)).toBeLessThan(1e-5);
});

test("a bias's gradient is one dispatch", () => {
  const x = ramp([16, 37]);
  const counters = attachCounters(device.gpu!);
  sum(x, 0);
  expect(counters.read().dispatches).toBe(1);
  counters.detach();
});
