// Stochastic gradient descent with momentum, PyTorch's way, for all parameters in one in-place dispatch.
import type { Tensor } from "@tensorflow/tfjs-core";
import { arenaBlock } from "../tensor/arena";
import { defineKernel, sizeOf } from "../tensor/kernel";
import { defineProgram, flatGroups, forEachElement, variants } from "../tensor/program";
import type { StepOptions } from "./adamw";
import { gradientNorm } from "./gradientNorm";
import { groupFields } from "./optimizerState";
import type { OptimizerState } from "./optimizerState";

export interface SgdGroup {
  readonly lr: number;
  /** Decoupled weight decay: p ← p·(1 − lr·wd) before the step. */
  readonly wd: number;
  readonly momentum: number;
}

const program = variants(({ clipped }: { clipped: boolean }) =>
  defineProgram({
    name: "Sgd",
    storage: {
      parameters: "write vec4<f32>",
      gradients: "read vec4<f32>",
      m: "write vec4<f32>",
      groups: "read i32",
      hyper: "read f32",
      clip: "read f32",
    },
    uniforms: { n: "u32" },
    code: forEachElement(`  let group = groups[i / ${arenaBlock / 4}u];
  if (group < 0) { return; }
  let h = u32(group) * ${groupFields}u;
  let m1 = hyper[h + 2u] * m[i] + gradients[i]${clipped ? " * clip[0]" : ""};
  m[i] = m1;
  parameters[i] = parameters[i] * hyper[h] - hyper[h + 1u] * m1;`),
  }),
);

const kernel = defineKernel<"parameters" | "gradients" | "m" | "groups" | "hyper" | "clip", { clipped: boolean }>({
  name: "GlassSgd",
  reference({ parameters, gradients, m, groups, hyper, clip }, { clipped }) {
    parameters.data.forEach((p, i) => {
      const group = groups.data[Math.floor(i / arenaBlock)] as number;
      if (group < 0) return;
      const at = group * groupFields;
      const momentum = hyper.data[at + 2] as number;
      const m1 =
        momentum * (m.data[i] as number) + (gradients.data[i] as number) * (clipped ? (clip.data[0] as number) : 1);
      m.data[i] = m1;
      parameters.data[i] = p * (hyper.data[at] as number) - (hyper.data[at + 1] as number) * m1;
    });
    return [];
  },
  gpu({ parameters, gradients, m, groups, hyper, clip }, { clipped }, gpu) {
    const n = sizeOf(parameters) / 4;
    gpu.run(program({ clipped }), {
      tensors: { parameters, gradients, m, groups, hyper, clip },
      uniforms: { n },
      groups: flatGroups(n),
    });
    return [];
  },
});

/** m ← momentum·m + g, p ← p(1 − lr·wd) − lr·m, in place; one dispatch (three when clipping). */
export function sgd(
  state: OptimizerState,
  gradients: readonly (Tensor | null)[],
  groups: readonly SgdGroup[],
  groupOf: ArrayLike<number>,
  { maxNorm }: StepOptions = {},
): void {
  const numbers = groups.flatMap(({ lr, wd, momentum }) => [1 - lr * wd, lr, momentum, 0, 0, 0, 0, 0]);
  state.load(gradients, groupOf, Float32Array.from(numbers));
  const clip = maxNorm === undefined ? null : gradientNorm(state, maxNorm);
  for (const { parameters, gradients: g, moments, groups: table } of state.chunks) {
    const m = moments[0] as Tensor;
    kernel(
      { parameters, gradients: g, m, groups: table, hyper: state.hyper, clip: clip ?? state.hyper },
      { clipped: clip !== null },
    );
  }
  clip?.dispose();
}
