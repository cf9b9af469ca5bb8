// What every optimizer's kernel shares: all parameters in one in-place dispatch, each block by the numbers of its group.
import type { Tensor } from "@tensorflow/tfjs-core";
import { arenaBlock } from "../tensor/arena";
import { defineKernel, sizeOf } from "../tensor/kernel";
import type { HostArray } from "../tensor/kernel";
import { defineProgram, flatGroups, forEachElement, variants } from "../tensor/program";
import type { StorageSpec } from "../tensor/program";
import { gradientNorm } from "./gradientNorm";
import type { LossScale } from "./lossScale";
import { groupFields } from "./optimizerState";
import type { OptimizerState } from "./optimizerState";

/** One element before or after a step; an optimizer with one moment leaves `v` alone. */
export interface Element {
  readonly p: number;
  readonly m: number;
  readonly v: number;
}

export interface StepSpec {
  readonly name: string;
  readonly moments: 1 | 2;
  /** WGSL that changes the vectors `p`, `m` (and `v`) by the gradient `g`; `h(k)` is the k-th number of the group. */
  readonly wgsl: string;
  /** The same for one element. */
  readonly reference: (element: Element, g: number, h: (k: number) => number) => Element;
  /** Whether the numbers of a group hold Adam's bias corrections (`adamRow`), which do not count steps left out. */
  readonly corrected?: boolean;
}

export interface StepOptions {
  /** Clips the global norm of all gradients. */
  readonly maxNorm?: number;
  /** The gradients are of a scaled loss: they are scaled back, and a step whose gradients overflow is left out. */
  readonly scaling?: LossScale;
}

/** `rows`: each group's numbers, the first two of which are the factor of decay and the L2 penalty. */
export type FusedStep = (
  state: OptimizerState,
  gradients: readonly (Tensor | null)[],
  rows: readonly (readonly number[])[],
  groupOf: ArrayLike<number>,
  options?: StepOptions,
) => void;

type Inputs = "parameters" | "gradients" | "first" | "second" | "groups" | "hyper" | "clip";

/**
 * Every step begins alike: g ← clip·g + h(1)·p (an L2 penalty comes after clipping, as in PyTorch), p ← h(0)·p
 * (decoupled decay); then the optimizer's own lines. One dispatch a chunk, and two more when clipping.
 */
export function defineStep({ name, moments, wgsl, reference, corrected = false }: StepSpec): FusedStep {
  const two = moments === 2;
  const program = variants(({ clipped }: { clipped: boolean }) =>
    defineProgram({
      name,
      storage: {
        parameters: "write vec4<f32>",
        gradients: "read vec4<f32>",
        first: "write vec4<f32>",
        ...(two ? { second: "write vec4<f32>" } : {}),
        groups: "read i32",
        hyper: "read f32",
        clip: "read f32",
      } as Record<Inputs, StorageSpec>,
      uniforms: { n: "u32" },
      code: forEachElement(`  let group = groups[i / ${arenaBlock / 4}u];
  if (group < 0${clipped ? " || clip[0] < 0.0" : ""}) { return; }
  let row = u32(group) * ${groupFields}u;
  var p = parameters[i];
  let g = gradients[i]${clipped ? " * clip[0]" : ""} + hyper[row + 1u] * p;
  p *= hyper[row];
  var m = first[i];
${two ? "  var v = second[i];" : ""}
${wgsl.replaceAll(/\bh\((\d+)\)/g, "hyper[row + $1u]")}
  parameters[i] = p;
  first[i] = m;
${two ? "  second[i] = v;" : ""}`),
    }),
  );

  const kernel = defineKernel<Inputs, { clipped: boolean }>({
    name: `Glass${name}`,
    reference({ parameters, gradients, first, second, groups, hyper, clip }, { clipped }): HostArray[] {
      parameters.data.forEach((before, i) => {
        const group = groups.data[Math.floor(i / arenaBlock)] as number;
        if (group < 0 || (clipped && (clip.data[0] as number) < 0)) return;
        const h = (k: number): number => hyper.data[group * groupFields + k] as number;
        const factor = clipped ? (clip.data[0] as number) : 1;
        const g = (gradients.data[i] as number) * factor + h(1) * before;
        const element = { p: before * h(0), m: first.data[i] as number, v: second.data[i] as number };
        const after = reference(element, g, h);
        parameters.data[i] = after.p;
        first.data[i] = after.m;
        if (two) second.data[i] = after.v;
      });
      return [];
    },
    gpu({ parameters, gradients, first, second, groups, hyper, clip }, { clipped }, gpu) {
      const n = sizeOf(parameters) / 4;
      gpu.run(program({ clipped }), {
        tensors: { parameters, gradients, first, second, groups, hyper, clip },
        uniforms: { n },
        groups: flatGroups(n),
      });
      return [];
    },
  });

  return (state, gradients, rows, groupOf, { maxNorm, scaling } = {}) => {
    const numbers = new Float32Array(rows.length * groupFields);
    rows.forEach((row, group) => numbers.set(row, group * groupFields));
    state.load(gradients, groupOf, numbers);
    const clip = scaling ? scaling.judge(state, { maxNorm, corrected }) : maxNorm === undefined ? null : gradientNorm(state, maxNorm); // prettier-ignore
    for (const {
      parameters,
      gradients: g,
      moments: [m, v],
      groups,
    } of state.chunks) {
      kernel(
        {
          parameters,
          gradients: g,
          first: m as Tensor,
          // An optimizer with one moment has no second binding; any tensor at hand stands in.
          second: v ?? (m as Tensor),
          groups,
          hyper: state.hyper,
          clip: clip ?? state.hyper,
        },
        { clipped: clip !== null },
      );
    }
    clip?.dispose();
  };
}
