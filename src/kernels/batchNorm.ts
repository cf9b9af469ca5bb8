// Batch normalisation with its ReLU and residual sum fused in: two dispatches forward (one in evaluation), two backward.
import type { Tensor, Tensor1D, TensorInfo } from "@tensorflow/tfjs-core";
import { isEmulated } from "../tensor/emulated";
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

function layoutOf(x: TensorInfo, gpu: Gpu) {
  const channels = x.shape.at(-1) ?? 1;
  const rows = sizeOf(x) / channels;
  const lanes: programs.Lanes = channels % 4 === 0 ? 4 : 1;
  const width = channels / lanes;
  const layout = { channels, rows, lanes, width };
  if (isEmulated(gpu)) {
    // A few lanes for each core, and no more threads in the second pass than its own work outweighs the parts'.
    const parts = Math.max(1, Math.min(64, Math.floor(rows / 4), Math.ceil(256 / width)));
    const groups: [number, number] = [Math.ceil((parts * width) / programs.aloneWorkgroup), 1];
    return { ...layout, tile: 0, parts, streams: Math.ceil(rows / parts), groups };
  }
  const tile = Math.min(16, 2 ** Math.ceil(Math.log2(width)));
  // At least eight rows a thread in the first pass; few parts, because the second adds them in every thread.
  const parts = Math.max(1, Math.min(64, Math.floor((rows * tile) / (256 * 8))));
  // Enough threads to fill a GPU in the second pass; where it has more rows, each thread walks several.
  const streams = Math.max(1, Math.min(rows, Math.floor(65536 / width)));
  const groups: [number, number] = [parts, Math.ceil(width / tile)];
  return { ...layout, tile, parts, streams, groups };
}

const gradientKernel = defineKernel<"dy" | "dy2" | "x" | "y" | "stats", BatchNormAttrs & { readonly two: boolean }>({
  name: "GlassBatchNormGradient",
  reference: batchNormGradientReference,
  gpu({ dy, dy2, x, y, stats }, { training, relu, residual, two }, gpu) {
    const { channels, rows, lanes, width, tile, parts, streams, groups } = layoutOf(x, gpu);
    const partial = gpu.temporary([(2 * parts + 3) * channels]);
    const dWeight = gpu.make([channels]);
    const dBias = gpu.make([channels]);
    const dx = gpu.make(x.shape);
    const dSkip = residual ? gpu.make(x.shape) : gpu.temporary([4]);
    // A binding that a variant leaves unused gets the smallest tensor at hand.
    const mask = relu ? y : stats;
    gpu.run(programs.backwardSums({ lanes, tile, relu, residual, two }), {
      tensors: { dy, dy2: two ? dy2 : stats, x, y: mask, stats, partial, dSkip },
      uniforms: { rows, width, parts },
      groups,
    });
    const n = streams * width;
    gpu.run(programs.applyGradient({ lanes, relu: relu && !residual, training }), {
      tensors: { dy: residual ? dSkip : dy, x, y: residual ? stats : mask, partial, dx, dWeight, dBias },
      uniforms: { n, rows, width, parts, streams },
      groups: flatGroups(n),
    });
    return residual ? [dx, dWeight, dBias, dSkip] : [dx, dWeight, dBias];
  },
});

type Inputs = "x" | "weight" | "bias" | "runningMean" | "runningVar" | "skip";

function forwardOnGpu(inputs: Readonly<Record<Inputs, TensorInfo>>, attrs: BatchNormAttrs, gpu: Gpu): TensorInfo[] {
  const { x, weight, bias, runningMean, runningVar } = inputs;
  const { momentum, eps, training, relu, residual } = attrs;
  const { channels, rows, lanes, width, tile, parts, streams, groups } = layoutOf(x, gpu);
  const y = gpu.make(x.shape);
  const stats = gpu.make([3 * channels]);
  const n = streams * width;
  const variant = { lanes, relu, residual };
  if (!training) {
    gpu.run(programs.applyRunning(variant), {
      tensors: { x, weight, bias, runningMean, runningVar, stats, skip: residual ? inputs.skip : weight, y },
      uniforms: { n, rows, width, streams, eps },
      groups: flatGroups(n),
    });
    return [y, stats];
  }
  const partial = gpu.temporary([(2 * parts + 2) * channels]);
  gpu.run(programs.forwardSums({ lanes, tile }), {
    tensors: { x, weight, bias, partial },
    uniforms: { rows, width, parts },
    groups,
  });
  gpu.run(programs.applyBatch(variant), {
    tensors: { x, partial, runningMean, runningVar, stats, skip: residual ? inputs.skip : partial, y },
    uniforms: { n, rows, width, parts, streams, momentum, eps },
    groups: flatGroups(n),
  });
  return [y, stats];
}

// One registered kernel with a residual and one without, because a gradient saves a fixed list of inputs.
const kernelOf = variants(({ residual }: { residual: boolean }) =>
  defineKernel<Inputs, BatchNormAttrs>({
    name: residual ? "GlassBatchNormAdd" : "GlassBatchNorm",
    reference: batchNormReference,
    gpu: forwardOnGpu,
    gradient: {
      saveInputs: ["x"],
      saveOutputs: [0, 1],
      addsParts: residual,
      of: ([dy, dy2], [x, y, stats], attrs) => {
        const two = residual && dy2 !== undefined;
        const inputs = { dy, dy2: two ? dy2 : dy, x, y, stats } as Parameters<typeof gradientKernel>[0];
        const [dx, dWeight, dBias, dSkip] = gradientKernel(inputs, { ...attrs, two }) as [
          Tensor,
          Tensor,
          Tensor,
          Tensor,
        ];
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

/** PyTorch's. */
export const batchNormDefaults = { momentum: 0.1, eps: 1e-5 } as const;

/** (x − μ)/√(σ² + eps)·weight + bias over all axes but the last, then + residual, then ReLU; x is [N, C] or [B, H, W, C]. */
export function batchNorm<T extends Tensor>(x: T, options: BatchNormOptions): T {
  const { weight, bias, runningMean, runningVar, training, residual } = options;
  const { momentum = batchNormDefaults.momentum, eps = batchNormDefaults.eps, relu = false } = options;
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
