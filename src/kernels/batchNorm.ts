// Batch normalisation with its ReLU and residual sum fused in: three dispatches forward, three backward.
import type { Tensor, Tensor1D, TensorInfo } from "@tensorflow/tfjs-core";
import { defineKernel, sizeOf } from "../tensor/kernel";
import type { Gpu } from "../tensor/kernel";
import { flatGroups, variants } from "../tensor/program";
import * as programs from "./batchNormPrograms";
import { batchNormGradientReference, batchNormReference } from "./batchNormReference";
import type { BatchNormAttrs } from "./batchNormReference";

export interface BatchNormOptions {
  /** γ and β, [C]. */
  readonly weight: Tensor1D | Tensor;
  readonly bias: Tensor1D | Tensor;
  /** [C]; in training they move by `momentum` towards the batch's, in place. */
  readonly runningMean: Tensor1D | Tensor;
  readonly runningVar: Tensor1D | Tensor;
  /** Share of the new statistics (PyTorch's meaning), 0.1. */
  readonly momentum?: number;
  readonly eps?: number;
  /** True: statistics of this batch. False: the running ones. */
  readonly training: boolean;
  /** max(…, 0) at the end. */
  readonly relu?: boolean;
  /** Added before the ReLU; same shape as x. */
  readonly residual?: Tensor;
}

function layoutOf(x: TensorInfo) {
  const channels = x.shape.at(-1) ?? 1;
  const rows = sizeOf(x) / channels;
  const lanes: programs.Lanes = channels % 4 === 0 ? 4 : 1;
  const width = channels / lanes;
  // Enough threads to fill a GPU, few enough partial sums for the second stage.
  const streams = Math.max(1, Math.min(512, Math.ceil(rows / 8), Math.ceil(32768 / width)));
  return { channels, rows, lanes, width, streams };
}

function statisticsOf(inputs: Readonly<Record<string, TensorInfo>>, attrs: BatchNormAttrs, gpu: Gpu): TensorInfo {
  const { x, weight, bias, runningMean, runningVar } = inputs as Record<
    "x" | "weight" | "bias" | "runningMean" | "runningVar",
    TensorInfo
  >;
  const { channels, rows, lanes, width, streams } = layoutOf(x);
  const stats = gpu.make([4 * channels]);
  if (!attrs.training) {
    gpu.run(programs.runningStatistics, {
      tensors: { weight, bias, runningMean, runningVar, stats },
      uniforms: { n: channels, eps: attrs.eps },
      groups: flatGroups(channels),
    });
    return stats;
  }
  const partial = gpu.temporary([streams * 2 * channels]);
  const n = streams * width;
  gpu.run(programs.forwardSums({ lanes }), {
    tensors: { x, partial },
    uniforms: { n, rows, width, streams },
    groups: flatGroups(n),
  });
  gpu.run(programs.statistics, {
    tensors: { x, partial, weight, bias, runningMean, runningVar, stats },
    uniforms: { channels, rows, streams, momentum: attrs.momentum, eps: attrs.eps },
    groups: [Math.ceil(channels / 16)],
  });
  return stats;
}

const gradientKernel = defineKernel<"dy" | "x" | "y" | "stats", BatchNormAttrs>({
  name: "GlassBatchNormGradient",
  reference: batchNormGradientReference,
  gpu({ dy, x, y, stats }, { training, relu, residual }, gpu) {
    const { channels, rows, lanes, width, streams } = layoutOf(x);
    const partial = gpu.temporary([streams * 2 * channels]);
    const terms = gpu.temporary([2 * channels]);
    const dWeight = gpu.make([channels]);
    const dBias = gpu.make([channels]);
    const dx = gpu.make(x.shape);
    const dSkip = residual ? gpu.make(x.shape) : gpu.temporary([4]);
    const threads = streams * width;
    gpu.run(programs.backwardSums({ lanes, relu }), {
      tensors: { dy, x, y: relu ? y : stats, stats, partial },
      uniforms: { n: threads, rows, width, streams },
      groups: flatGroups(threads),
    });
    gpu.run(programs.gradientTotals({ training }), {
      tensors: { partial, stats, dWeight, dBias, terms },
      uniforms: { channels, rows, streams },
      groups: [Math.ceil(channels / 16)],
    });
    const n = sizeOf(x) / lanes;
    gpu.run(programs.applyGradient({ lanes, relu, residual }), {
      tensors: { dy, x, y: relu ? y : stats, stats, terms, dx, dSkip },
      uniforms: { n, width },
      groups: flatGroups(n),
    });
    return residual ? [dx, dWeight, dBias, dSkip] : [dx, dWeight, dBias];
  },
});

// One registered kernel with a residual and one without, because a gradient saves a fixed list of inputs.
const kernelOf = variants(({ residual }: { residual: boolean }) =>
  defineKernel<"x" | "weight" | "bias" | "runningMean" | "runningVar" | "skip", BatchNormAttrs>({
    name: residual ? "GlassBatchNormAdd" : "GlassBatchNorm",
    reference: batchNormReference,
    gpu(inputs, attrs, gpu) {
      const { x } = inputs;
      const stats = statisticsOf(inputs, attrs, gpu);
      const { lanes, width } = layoutOf(x);
      const y = gpu.make(x.shape);
      const n = sizeOf(x) / lanes;
      gpu.run(programs.apply({ lanes, relu: attrs.relu, residual }), {
        // A binding that a variant leaves unused gets the smallest tensor at hand.
        tensors: { x, stats, skip: residual ? inputs.skip : stats, y },
        uniforms: { n, width },
        groups: flatGroups(n),
      });
      return [y, stats];
    },
    gradient: {
      saveInputs: ["x"],
      saveOutputs: [0, 1],
      of: ([dy], [x, y, stats], attrs) => {
        const inputs = { dy, x, y, stats } as Record<"dy" | "x" | "y" | "stats", Tensor>;
        const [dx, dWeight, dBias, dSkip] = gradientKernel(inputs, attrs) as [Tensor, Tensor, Tensor, Tensor];
        return {
          x: () => dx,
          weight: () => dWeight,
          bias: () => dBias,
          ...(residual ? { skip: () => dSkip } : {}),
        };
      },
    },
  }),
);

/** (x − μ)/√(σ² + eps)·weight + bias over all axes but the last, then + residual, then ReLU; x is [N, C] or [B, H, W, C]. */
export function batchNorm<T extends Tensor>(x: T, options: BatchNormOptions): T {
  const { weight, bias, runningMean, runningVar, training, residual } = options;
  const { momentum = 0.1, eps = 1e-5, relu = false } = options;
  if (weight.size !== x.shape.at(-1)) throw new Error(`batchNorm: ${weight.size} weights for [${x.shape}]`);
  if (training && x.size <= weight.size) throw new Error("batchNorm: training needs more than one value a channel");
  if (residual && residual.shape.join() !== x.shape.join()) {
    throw new Error(`batchNorm: a residual [${residual.shape}] for [${x.shape}]`);
  }
  const attrs = { momentum, eps, training, relu, residual: residual !== undefined };
  const inputs = { x, weight, bias, runningMean, runningVar, ...(residual ? { skip: residual } : {}) };
  const [y, stats] = kernelOf({ residual: residual !== undefined })(inputs as typeof inputs & { skip: Tensor }, attrs);
  stats?.dispose();
  return y as T;
}
