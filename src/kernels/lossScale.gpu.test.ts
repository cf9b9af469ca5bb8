// The loss scale and the sum of gradients on WebGPU against their CPU references, with overflows in between.
import { mul, tensor, tidy } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createRng } from "../base/rng";
import { compareBackends } from "../tensor/compareBackends";
import { openDevice } from "../tensor/device";
import type { Device } from "../tensor/device";
import { adamRow, adamStep } from "./adam";
import { addScaled } from "./addScaled";
import { createLossScale } from "./lossScale";
import { createOptimizerState } from "./optimizerState";

const problems: string[] = [];
let device: Device;
beforeAll(async () => {
  device = await openDevice({ onProblem: ({ title, debug }) => void problems.push(`${title} ${debug ?? ""}`) });
});
afterAll(() => device.close());

function randn(name: string, size: number, scale = 1): Float32Array {
  const rng = createRng("loss scale", name);
  return Float32Array.from({ length: size }, () => rng.normal() * scale);
}

describe("the loss scale", () => {
  test.each([0, 0.5])("scales back, clips at %f, skips, halves and doubles alike on both backends", async (maxNorm) => {
    const errors = await compareBackends(() =>
      tidy(() => {
        const parameters = [tensor(randn("p", 300)), tensor(randn("q", 70))];
        const state = createOptimizerState(parameters, { moments: 2 });
        const scaling = createLossScale({ start: 8, patience: 2, most: 32 });
        const norms: Tensor[] = [];
        // Steps 1 and 3 overflow: by infinity, and by NaN.
        for (let step = 1; step <= 7; step += 1) {
          const values = randn(`g${step}`, 300, 4);
          if (step === 1) values[17] = Infinity;
          if (step === 3) values[290] = NaN;
          const gradients = [tensor(values), tensor(randn(`h${step}`, 70, 4))];
          const row = adamRow({ lr: 0.01, wd: 0.1, beta1: 0.9, beta2: 0.99, eps: 1e-8, step });
          adamStep(state, gradients, [row], [0, 0], { scaling, ...(maxNorm > 0 ? { maxNorm } : {}) });
          norms.push(mul(scaling.scale, 1), mul(scaling.counts, 1));
        }
        const results = Object.fromEntries([...parameters, ...norms].map((t, i) => [`t${i}`, mul(t, 1)]));
        state.dispose();
        scaling.dispose();
        return results;
      }),
    );
    for (const [name, error] of Object.entries(errors)) expect(error, name).toBeLessThan(1e-5);
    expect(Object.keys(errors)).toHaveLength(16);
    expect(problems).toEqual([]);
  });
});

test("sums of gradients are scaled alike on both backends", async () => {
  const errors = await compareBackends(() => {
    const [into, x] = [tensor(randn("a", 1001)), tensor(randn("b", 1001))];
    addScaled(into, x, 0.25);
    return { into };
  });
  expect(errors["into"]).toBeLessThan(1e-6);
});
