// Inverted dropout whose mask is a function of (seed, stream, index), so that nothing is stored for the gradient.
import type { Tensor } from "@tensorflow/tfjs-core";
import { defineKernel, sizeOf } from "../tensor/kernel";
import { defineProgram, flatGroups, forEachElement } from "../tensor/program";
import { randomUnit, randomWgsl } from "../tensor/random";

export interface DropoutOptions {
  /** Probability of zeroing an element, 0 ≤ p < 1. */
  readonly p: number;
  /** The run's seed, and a stream that is unique to this layer and step. */
  readonly seed: number;
  readonly stream: number;
}

const program = defineProgram({
  name: "Dropout",
  storage: { x: "read f32", y: "write f32" },
  uniforms: { n: "u32", seed: "u32", stream: "u32", p: "f32", scale: "f32" },
  code: `${randomWgsl}
${forEachElement("  y[i] = select(0.0, x[i] * u.scale, random_unit(i, u.stream, u.seed) >= u.p);")}`,
});

const dropoutKernel = defineKernel<"x", DropoutOptions>({
  name: "GlassDropout",
  reference: ({ x }, { p, seed, stream }) => [
    {
      data: Float32Array.from(x.data, (v, i) => (randomUnit(i, stream, seed) >= Math.fround(p) ? v / (1 - p) : 0)),
      shape: x.shape,
    },
  ],
  gpu({ x }, { p, seed, stream }, gpu) {
    const y = gpu.make(x.shape);
    const n = sizeOf(x);
    gpu.run(program, {
      tensors: { x, y },
      uniforms: { n, seed, stream, p, scale: 1 / (1 - p) },
      groups: flatGroups(n),
    });
    return [y];
  },
  gradient: {
    saveInputs: [],
    saveOutputs: [],
    // dx = dy · mask / (1 − p): dropout of the gradient with the same mask.
    of: ([dy], _, options) => ({ x: () => dropout(dy as Tensor, options) }),
  },
});

/** x · mask / (1 − p) (Srivastava et al. 2014); mask[i] depends on seed, stream and i alone. */
export function dropout<T extends Tensor>(x: T, { p, seed, stream }: DropoutOptions): T {
  if (!(p >= 0 && p < 1)) throw new Error(`dropout: p is ${p}, not in [0, 1)`);
  return dropoutKernel({ x }, { p, seed, stream })[0] as T;
}
