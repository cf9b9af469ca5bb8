// Gradients beside a reference's summaries. Where rounding tips a ReLU, each parameter is held to what its own gradient
// does when the input is nudged by a few roundings, and all others to the usual limit.
import { add, engine, mul, randomUniform } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { toTorch } from "../src/nn/layout";
import type { Module } from "../src/nn/module";
import { readTensors } from "../src/nn/readTensors";
import { summarise } from "../src/testing/uniform";
import type { TensorSummary } from "../src/testing/uniform";
import { compare, summaryQuantity } from "./compare";
import type { Quantity } from "./parityCase";
import * as tolerance from "./tolerances";

export type Summaries = Readonly<Record<string, TensorSummary>>;
/** By name, in PyTorch's order of axes. */
export type Gradients = ReadonlyMap<string, Float32Array>;

/** Of the input, relative: a few times what float32 rounds off in the layers that follow. */
const NUDGE = 1e-6;
const TRIES = 6;

/** The input, each value off by at most `NUDGE`; as it is for seed 0. */
export function nudged(x: Tensor, seed: number): Tensor {
  const reach = seed === 0 ? 0 : NUDGE;
  return engine().tidy(() => mul(x, add(1, randomUniform(x.shape, -reach, reach, "float32", seed))));
}

/** What came out for a model's parameters, read back. */
export async function namedGradients(model: Module, grads: readonly (Tensor | null)[]): Promise<Gradients> {
  const named = model.namedParameters();
  const values = await readTensors(grads as Tensor[]);
  return new Map(
    named.map(([name, { tensor, layout }], i) => [name, toTorch(values[i] as Float32Array, tensor.shape, layout)]),
  );
}

function quantities(gradients: Gradients, expected: Summaries, reach: ReadonlyMap<string, number>): Quantity[] {
  return Object.entries(expected).map(([name, summary]) => {
    const wide = Math.max(1, (tolerance.SWAY * (reach.get(name) ?? 0)) / tolerance.gradients.limit);
    const plain = summaryQuantity("gradients", name, gradients.get(name) ?? [], summary, tolerance.gradients);
    if (reach.size === 0) return plain;
    return {
      ...plain,
      scale: Array.from(plain.scale ?? [], (one) => one * wide),
      tolerance: tolerance.tippedGradients,
    };
  });
}

const allKept = (all: readonly Quantity[]): boolean => all.every((quantity) => compare(quantity).ok);

/** One quantity a parameter; `again` computes them for another seed of `nudged`. */
export async function compareGradients(
  gradients: Gradients,
  expected: Summaries,
  again: (seed: number) => Promise<Gradients>,
): Promise<Quantity[]> {
  const reach = new Map<string, number>();
  let all = quantities(gradients, expected, reach);
  const own = Object.fromEntries([...gradients].map(([name, values]) => [name, summarise(values)]));
  for (let seed = 1; seed <= TRIES && !allKept(all); seed += 1) {
    const other = await again(seed);
    for (const [name, values] of other) {
      const moved = compare(summaryQuantity("", name, values, own[name] as TensorSummary, tolerance.gradients)).error;
      reach.set(name, Math.max(reach.get(name) ?? 0, moved));
    }
    all = quantities(gradients, expected, reach);
  }
  return all;
}
