// AdamW (Loshchilov and Hutter 2019) for all parameters in one in-place dispatch, as fastai steps it.
import type { Tensor } from "@tensorflow/tfjs-core";
import { arenaBlock } from "../tensor/arena";
import { defineKernel, sizeOf } from "../tensor/kernel";
import type { HostArray } from "../tensor/kernel";
import { defineProgram, flatGroups, forEachElement, variants } from "../tensor/program";
import { gradientNorm } from "./gradientNorm";
import { groupFields } from "./optimizerState";
import type { OptimizerState } from "./optimizerState";

export interface AdamwGroup {
  readonly lr: number;
  /** Decoupled weight decay: p ← p·(1 − lr·wd) before the step. */
  readonly wd: number;
  /** This step's momentum; the bias is corrected with it too, as fastai does under one-cycle. */
  readonly beta1: number;
  readonly beta2: number;
  readonly eps: number;
  /** From 1. */
  readonly step: number;
}

export interface StepOptions {
  /** Clips the global norm of all gradients. */
  readonly maxNorm?: number;
}

const program = variants(({ clipped }: { clipped: boolean }) =>
  defineProgram({
    name: "AdamW",
    storage: {
      parameters: "write vec4<f32>",
      gradients: "read vec4<f32>",
      m: "write vec4<f32>",
      v: "write vec4<f32>",
      groups: "read i32",
      hyper: "read f32",
      clip: "read f32",
    },
    uniforms: { n: "u32" },
    code: forEachElement(`  let group = groups[i / ${arenaBlock / 4}u];
  if (group < 0) { return; }
  let h = u32(group) * ${groupFields}u;
  let g = gradients[i]${clipped ? " * clip[0]" : ""};
  let m1 = hyper[h + 2u] * m[i] + hyper[h + 3u] * g;
  let v1 = hyper[h + 4u] * v[i] + hyper[h + 5u] * g * g;
  m[i] = m1;
  v[i] = v1;
  parameters[i] = parameters[i] * hyper[h] - hyper[h + 1u] * m1 / (sqrt(v1 * hyper[h + 6u]) + hyper[h + 7u]);`),
  }),
);

type Inputs = "parameters" | "gradients" | "m" | "v" | "groups" | "hyper" | "clip";

function reference(
  { parameters, gradients, m, v, groups, hyper, clip }: Record<Inputs, HostArray>,
  { clipped }: { clipped: boolean },
): HostArray[] {
  parameters.data.forEach((p, i) => {
    const group = groups.data[Math.floor(i / arenaBlock)] as number;
    if (group < 0) return;
    const [decay, size, beta1, rest1, beta2, rest2, inverse, eps] = hyper.data.subarray(
      group * groupFields,
      (group + 1) * groupFields,
    ) as unknown as [number, number, number, number, number, number, number, number];
    const g = (gradients.data[i] as number) * (clipped ? (clip.data[0] as number) : 1);
    const m1 = beta1 * (m.data[i] as number) + rest1 * g;
    const v1 = beta2 * (v.data[i] as number) + rest2 * g * g;
    m.data[i] = m1;
    v.data[i] = v1;
    parameters.data[i] = p * decay - (size * m1) / (Math.sqrt(v1 * inverse) + eps);
  });
  return [];
}

const kernel = defineKernel<Inputs, { clipped: boolean }>({
  name: "GlassAdamW",
  reference,
  gpu({ parameters, gradients, m, v, groups, hyper, clip }, { clipped }, gpu) {
    const n = sizeOf(parameters) / 4;
    gpu.run(program({ clipped }), {
      tensors: { parameters, gradients, m, v, groups, hyper, clip },
      uniforms: { n },
      groups: flatGroups(n),
    });
    return [];
  },
});

/** The eight numbers of a group, worked out in double precision. */
export function adamwNumbers({ lr, wd, beta1, beta2, eps, step }: AdamwGroup): number[] {
  const size = lr / (1 - beta1 ** step);
  return [1 - lr * wd, size, beta1, 1 - beta1, beta2, 1 - beta2, 1 / (1 - beta2 ** step), eps];
}

/**
 * m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², p ← p(1 − lr·wd) − lr/(1−β₁ᵗ) · m/(√(v/(1−β₂ᵗ)) + eps), in place.
 * One dispatch (three when clipping). Parameters whose gradient is null or whose group is −1 are left alone.
 */
export function adamw(
  state: OptimizerState,
  gradients: readonly (Tensor | null)[],
  groups: readonly AdamwGroup[],
  groupOf: ArrayLike<number>,
  { maxNorm }: StepOptions = {},
): void {
  state.load(gradients, groupOf, Float32Array.from(groups.flatMap(adamwNumbers)));
  const clip = maxNorm === undefined ? null : gradientNorm(state, maxNorm);
  for (const chunk of state.chunks) {
    const [m, v] = chunk.moments as [Tensor, Tensor];
    const { parameters, gradients: g, groups: table } = chunk;
    kernel(
      { parameters, gradients: g, m, v, groups: table, hyper: state.hyper, clip: clip ?? state.hyper },
      { clipped: clip !== null },
    );
  }
  clip?.dispose();
}
