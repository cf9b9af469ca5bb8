// Optimizers: decay by list, learning rate by group, and the numbers of PyTorch's formulas.
import { tensor1d } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { Parameter } from "../nn/parameter";
import { defaultsOf } from "../spec/params";
import { openCpu } from "../testing/cpuDevice";
import type { MakeOptimizer, NamedParameter } from "./optimizer";
import { OPTIMIZERS } from "./optimizers";
import { adam, adamw } from "./adam";
import { rmsprop } from "./rmsprop";
import { sgd } from "./sgd";

beforeAll(() => openCpu());

const roles = ["weight", "norm", "bias", "weight"] as const;

/** Four scalars of value 1: a weight, a norm and a bias in group 0, a weight in group 1. */
function fourScalars(): NamedParameter[] {
  return roles.map((role, i) => ({ name: `p${i}`, parameter: new Parameter(tensor1d([1]), "vector", role), group: i === 3 ? 1 : 0 })); // prettier-ignore
}

async function after(make: MakeOptimizer, gradients: readonly (number | null)[][], lrs = [0.1, 0.2], momentum = 0.9) {
  const parameters = fourScalars();
  const optimizer = make(parameters);
  for (const step of gradients) {
    const tensors = step.map((g) => (g === null ? null : tensor1d([g])));
    optimizer.step(tensors, { lrs, momentum });
    for (const tensor of tensors) tensor?.dispose();
  }
  return await Promise.all(parameters.map(async ({ parameter }) => (await parameter.tensor.data())[0] as number));
}

/** Decoupled decay, then Adam with bias correction, in doubles. */
function adamInDoubles(gradients: readonly number[], lr: number, wd: number, b1 = 0.9, b2 = 0.99, eps = 1e-8): number {
  let [p, m, v] = [1, 0, 0];
  gradients.forEach((g, i) => {
    p *= 1 - lr * wd;
    m = b1 * m + (1 - b1) * g;
    v = b2 * v + (1 - b2) * g * g;
    p -= ((lr / (1 - b1 ** (i + 1))) * m) / (Math.sqrt(v / (1 - b2 ** (i + 1))) + eps);
  });
  return p;
}

const steps = [0.5, -0.2, 0.3];
const gradients = steps.map((g) => [g, g, g, g]);
// A few roundings of float32 each step.
const tolerance = 1e-6;
const close = (actual: readonly number[], expected: readonly number[]) =>
  actual.forEach((value, i) => expect(Math.abs(value - (expected[i] as number))).toBeLessThan(tolerance));

describe("adamw", () => {
  it("decays everything by default, each group at its own rate", async () => {
    const [early, late] = [adamInDoubles(steps, 0.1, 0.3), adamInDoubles(steps, 0.2, 0.3)];
    close(await after(adamw({ wd: 0.3 }), gradients), [early, early, early, late]);
  });

  it("leaves batch norms and biases undecayed without bnWd", async () => {
    const plain = adamInDoubles(steps, 0.1, 0);
    close(await after(adamw({ wd: 0.3, bnWd: false }), gradients), [adamInDoubles(steps, 0.1, 0.3), plain, plain, adamInDoubles(steps, 0.2, 0.3)]); // prettier-ignore
  });

  it("leaves alone what has no gradient", async () => {
    const values = await after(adamw({ wd: 0.3 }), [[0.5, null, 0.5, 0.5]]);
    expect(values[1]).toBe(1);
    expect(values[0]).not.toBe(1);
  });

  it("names its moments as PyTorch does", () => {
    const optimizer = adamw()(fourScalars());
    expect(optimizer.state().map(([name]) => name)).toEqual(
      ["exp_avg", "exp_avg_sq"].flatMap((moment) => roles.map((_, i) => `${moment}.p${i}`)),
    );
  });
});

describe("sgd", () => {
  it("gathers speed as PyTorch's momentum does", async () => {
    let [p, v] = [1, 0];
    for (const g of steps) {
      p *= 1 - 0.1 * 0.3;
      v = 0.9 * v + g;
      p -= 0.1 * v;
    }
    expect(Math.abs((await after(sgd({ wd: 0.3 }), gradients))[0]! - p)).toBeLessThan(tolerance);
  });
});

describe("an L2 penalty", () => {
  const wd = 0.3;

  it("goes through SGD's momentum with the gradient, after clipping", async () => {
    let [p, v] = [1, 0];
    for (const g of steps) {
      v = 0.9 * v + g + wd * p;
      p -= 0.1 * v;
    }
    const values = await after(sgd({ wd, trueWd: false, bnWd: false }), gradients);
    expect(Math.abs(values[0]! - p)).toBeLessThan(tolerance);
    expect(Math.abs(values[1]! - (await after(sgd({ wd: 0 }), gradients))[1]!)).toBeLessThan(tolerance);
    // Four gradients of 3 have norm 6: clipped to 1.5 each is 0.75, and the penalty is not.
    const clipped = await after(sgd({ wd, trueWd: false, clip: 1.5 }), [[3, 3, 3, 3]]);
    expect(Math.abs(clipped[0]! - (1 - 0.1 * (0.75 + wd)))).toBeLessThan(tolerance);
  });

  it("is scaled by Adam as the gradient is, which decoupled decay is not", async () => {
    let [p, m, v] = [1, 0, 0];
    steps.forEach((step, i) => {
      const g = step + wd * p;
      m = 0.9 * m + 0.1 * g;
      v = 0.99 * v + 0.01 * g * g;
      p -= ((0.1 / (1 - 0.9 ** (i + 1))) * m) / (Math.sqrt(v / (1 - 0.99 ** (i + 1))) + 1e-8);
    });
    expect(Math.abs((await after(adam({ wd }), gradients))[0]! - p)).toBeLessThan(tolerance);
    close(await after(adam({ wd, trueWd: true }), gradients), await after(adamw({ wd }), gradients));
  });
});

describe("rmsprop", () => {
  it("steps as PyTorch's, momentum after the division", async () => {
    let [p, square, buffer] = [1, 0, 0];
    for (const g of steps) {
      p *= 1 - 0.1 * 0.3;
      square = 0.99 * square + 0.01 * g * g;
      buffer = 0.9 * buffer + g / (Math.sqrt(square) + 1e-8);
      p -= 0.1 * buffer;
    }
    expect(Math.abs((await after(rmsprop({ wd: 0.3 }), gradients))[0]! - p)).toBeLessThan(5 * tolerance);
  });
});

describe("OPTIMIZERS", () => {
  it("each makes an optimizer from its own default fields", () => {
    for (const entry of OPTIMIZERS) expect(entry.make(defaultsOf(entry.params))(fourScalars()).id).toBe(entry.id);
  });
});
