// Dropout whose mask is the same at every time step (fastai's RNNDropout): a function of (seed, stream, row, feature).
import type { Tensor, Tensor3D } from "@tensorflow/tfjs-core";
import { defineKernel, sizeOf } from "../tensor/kernel";
import { defineProgram, flatGroups, forEachElement } from "../tensor/program";
import { randomUnit, randomWgsl } from "../tensor/random";
import type { DropoutOptions } from "./dropout";

const program = defineProgram({
  name: "SequenceDropout",
  storage: { x: "read f32", y: "write f32" },
  uniforms: { n: "u32", steps: "u32", width: "u32", seed: "u32", stream: "u32", p: "f32", scale: "f32" },
  code: `${randomWgsl}
${forEachElement(`  let place = (i / (u.width * u.steps)) * u.width + i % u.width;
  y[i] = select(0.0, x[i] * u.scale, random_unit(place, u.stream, u.seed) >= u.p);`)}`,
});

const kernel = defineKernel<"x", DropoutOptions>({
  name: "GlassSequenceDropout",
  reference({ x }, { p, seed, stream }) {
    const [, steps = 1, width = 1] = x.shape;
    const data = Float32Array.from(x.data, (v, i) => {
      const place = Math.floor(i / (width * steps)) * width + (i % width);
      return randomUnit(place, stream, seed) >= Math.fround(p) ? v / (1 - p) : 0;
    });
    return [{ data, shape: x.shape }];
  },
  gpu({ x }, { p, seed, stream }, gpu) {
    const [, steps = 1, width = 1] = x.shape;
    const y = gpu.make(x.shape);
    const n = sizeOf(x);
    gpu.run(program, {
      tensors: { x, y },
      uniforms: { n, steps, width, seed, stream, p, scale: 1 / (1 - p) },
      groups: flatGroups(n),
    });
    return [y];
  },
  gradient: {
    saveInputs: [],
    saveOutputs: [],
    of: ([dy], _, options) => ({ x: () => sequenceDropout(dy as Tensor3D, options) }),
  },
});

/** x [B, T, C] · mask [B, 1, C] / (1 − p). */
export function sequenceDropout(x: Tensor3D, { p, seed, stream }: DropoutOptions): Tensor3D {
  if (!(p >= 0 && p < 1)) throw new Error(`sequenceDropout: p is ${p}, not in [0, 1)`);
  return kernel({ x: x as Tensor }, { p, seed, stream })[0] as Tensor3D;
}
