// The kernels that gather in place on WebGPU against their CPU references: counts exactly, sums within float32.
import { tensor, tensor1d, zeros } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createRng } from "../base/rng";
import { compareBackends } from "../tensor/compareBackends";
import { openDevice } from "../tensor/device";
import type { Device } from "../tensor/device";
import { addTile } from "./addTile";
import { addConfusion, addForeground } from "./confusion";
import { addMoments, momentNames } from "./momentsOfErrors";

const problems: string[] = [];
let device: Device;
beforeAll(async () => {
  device = await openDevice({ onProblem: ({ title, debug }) => void problems.push(`${title} ${debug ?? ""}`) });
});
afterAll(() => device.close());

function randn(name: string, shape: number[], scale = 1): Tensor {
  const rng = createRng("counting", name);
  return tensor(Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => rng.normal() * scale), shape); // prettier-ignore
}

describe("confusion", () => {
  test.each([[[64, 7]], [[3, 21, 17, 5]], [[2, 40, 30, 32]]])("of [%s], twice, whole numbers", async (shape) => {
    const errors = await compareBackends(() => {
      const [items, classes] = [shape[0] as number, shape.at(-1) as number];
      const size = shape.slice(0, -1).reduce((a, b) => a * b, 1);
      const labels = tensor(Int32Array.from({ length: size }, (_, i) => (i % 13 === 4 ? -1 : (i * 5) % classes)), shape.slice(0, -1), "int32"); // prettier-ignore
      const weight = tensor1d(Array.from({ length: items }, (_, i) => (i % 3 === 2 ? 0 : 1)));
      const [matrix, foreground] = [zeros([classes, classes], "int32"), zeros([items, 2, 2], "int32")];
      for (const name of ["a", "b"]) {
        addConfusion(matrix, randn(name, shape), labels, weight);
        addForeground(foreground, randn(name, shape), labels, weight);
      }
      return { matrix, foreground };
    });
    expect(errors).toEqual({ matrix: 0, foreground: 0 });
    expect(problems).toEqual([]);
  });
});

describe("moments of errors", () => {
  test("join batches of other sizes, padding left out", async () => {
    const errors = await compareBackends(() => {
      const state = zeros([momentNames.length]);
      for (const [name, items] of [
        ["a", 33],
        ["b", 4],
        ["c", 200],
      ] as const) {
        // prettier-ignore
        const weight = tensor1d(Array.from({ length: items }, (_, i) => (i % 5 === 4 ? 0 : 1)));
        addMoments(state, randn(`x${name}`, [items, 6], 0.2), randn(`t${name}`, [items, 3, 2], 0.2), weight);
      }
      return { state };
    });
    expect(errors["state"]).toBeLessThan(1e-5);
    expect(problems).toEqual([]);
  });
});

describe("tiles", () => {
  test("add up at their places, one over the other", async () => {
    const errors = await compareBackends(() => {
      const into = zeros([2, 9, 12, 5]);
      for (const [top, left] of [
        [0, 0],
        [3, 0],
        [3, 5],
        [0, 5],
      ] as const) {
        const name = `${top} ${left}`;
        const weights = { rows: randn(`r${name}`, [6]), columns: randn(`c${name}`, [7]) };
        addTile(into, randn(name, [2, 6, 7, 5]), weights, { top, left });
      }
      return { into };
    });
    expect(errors["into"]).toBeLessThan(1e-6);
    expect(problems).toEqual([]);
  });
});
