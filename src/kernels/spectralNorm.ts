// Spectral normalisation as PyTorch's spectral_norm (Miyato et al. 2018): w/σ, with σ = uᵀWv from one power iteration a step.
import type { Tensor, TensorInfo } from "@tensorflow/tfjs-core";
import { defineKernel, sizeOf } from "../tensor/kernel";
import { flatGroups } from "../tensor/program";
import * as programs from "./spectralNormPrograms";
import { spectralNormGradientReference, spectralNormReference } from "./spectralNormReference";
import type { SpectralNormAttrs } from "./spectralNormReference";

export interface SpectralNormOptions {
  /** [outputs]; the left singular vector. */
  readonly u: Tensor;
  /** [inputs·taps] in PyTorch's order: input channels first, then the kernel's places. */
  readonly v: Tensor;
  /** Places of the kernel: height times width. */
  readonly taps: number;
  /** True: one power iteration first, which moves u and v in place. */
  readonly training: boolean;
}

function layoutOf(w: TensorInfo, taps: number) {
  const columns = w.shape.at(-1) ?? 1;
  const rows = sizeOf(w) / columns;
  return { n: sizeOf(w), rows, columns, inputs: rows / taps, taps };
}

const gradientKernel = defineKernel<"dw" | "w" | "u" | "v" | "sigma", SpectralNormAttrs>({
  name: "GlassSpectralNormGradient",
  reference: spectralNormGradientReference,
  gpu({ dw, w, u, v, sigma }, { taps }, gpu) {
    const { n, rows, columns, inputs } = layoutOf(w, taps);
    const dots = gpu.temporary([columns]);
    const inner = gpu.temporary([1]);
    const dOriginal = gpu.make(w.shape);
    gpu.run(programs.columnDots, { tensors: { a: dw, b: w, dots }, uniforms: { n: columns, rows }, groups: flatGroups(columns) }); // prettier-ignore
    gpu.run(programs.sum, { tensors: { terms: dots, result: inner }, uniforms: { n: columns }, groups: [1] });
    gpu.run(programs.originalGradient, {
      tensors: { dw, u_vector: u, v, sigma, inner, dOriginal },
      uniforms: { n, columns, inputs, taps },
      groups: flatGroups(n),
    });
    return [dOriginal];
  },
});

const kernel = defineKernel<"w" | "u" | "v", SpectralNormAttrs>({
  name: "GlassSpectralNorm",
  reference: spectralNormReference,
  gpu({ w, u, v }, { taps, training }, gpu) {
    const { n, rows, columns, inputs } = layoutOf(w, taps);
    const product = gpu.temporary([columns]);
    const sigma = gpu.make([1]);
    const normalised = gpu.make(w.shape);
    if (training) {
      const back = gpu.temporary([rows]);
      gpu.run(programs.timesU, { tensors: { w, u_vector: u, back }, uniforms: { n: rows, columns, inputs, taps }, groups: flatGroups(rows) }); // prettier-ignore
      gpu.run(programs.normalise, { tensors: { source: back, goal: v }, uniforms: { n: rows }, groups: [1] });
    }
    gpu.run(programs.timesV, { tensors: { w, v, product }, uniforms: { n: columns, rows, inputs, taps }, groups: flatGroups(columns) }); // prettier-ignore
    if (training)
      gpu.run(programs.normalise, { tensors: { source: product, goal: u }, uniforms: { n: columns }, groups: [1] });
    gpu.run(programs.vectorDot, { tensors: { a: product, b: u, sigma }, uniforms: { n: columns }, groups: [1] });
    gpu.run(programs.divide, { tensors: { w, sigma, normalised }, uniforms: { n }, groups: flatGroups(n) });
    return [normalised, sigma];
  },
  gradient: {
    saveInputs: ["u", "v"],
    saveOutputs: [0, 1],
    of: ([dw], [u, v, w, sigma], attrs) => ({
      w: () => gradientKernel({ dw, u, v, w, sigma } as Parameters<typeof gradientKernel>[0], attrs)[0] as Tensor,
    }),
  },
});

/** w/σ for w [kh, kw, in, out]; the gradient takes u and v as constants, as PyTorch does. */
export function spectralNorm<T extends Tensor>(w: T, { u, v, taps, training }: SpectralNormOptions): T {
  if (u.size !== w.shape.at(-1) || v.size * u.size !== w.size) {
    throw new Error(`spectralNorm: vectors of ${u.size} and ${v.size} for [${w.shape}]`);
  }
  const [normalised, sigma] = kernel({ w, u, v }, { taps, training });
  sigma?.dispose();
  return normalised as T;
}
