// The global norm of all gradients and the factor that clips it, computed on the device and never read by the loop.
import { engine, fill, zeros } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { arenaBlock } from "../tensor/arena";
import { defineKernel, sizeOf } from "../tensor/kernel";
import { defineProgram, flatGroups, forEachElement } from "../tensor/program";
import type { OptimizerState } from "./optimizerState";

const partials = 4096;

const squares = defineProgram({
  name: "GradientSquares",
  storage: { gradients: "read vec4<f32>", groups: "read i32", sums: "write f32" },
  uniforms: { n: "u32", quads: "u32", start: "u32" },
  code: forEachElement(`  var sum = 0.0;
  for (var q = i; q < u.quads; q += u.n) {
    if (groups[q / ${arenaBlock / 4}u] >= 0) { sum += dot(gradients[q], gradients[q]); }
  }
  sums[u.start + i] = sum;`),
});

const total = defineProgram({
  name: "GradientNorm",
  storage: { sums: "read f32", clip: "write f32" },
  uniforms: { n: "u32", maxNorm: "f32" },
  code: `
var<workgroup> shares : array<f32, 256>;
@compute @workgroup_size(256)
fn main(@builtin(local_invocation_index) local : u32) {
  var sum = 0.0;
  for (var i = local; i < u.n; i += 256u) { sum += sums[i]; }
  shares[local] = sum;
  workgroupBarrier();
  for (var reach = 128u; reach > 0u; reach /= 2u) {
    if (local < reach) { shares[local] += shares[local + reach]; }
    workgroupBarrier();
  }
  if (local == 0u) {
    let norm = sqrt(shares[0]);
    clip[0] = min(1.0, u.maxNorm / (norm + 1e-6));
    clip[1] = norm;
  }
}`,
});

const squaresKernel = defineKernel<"gradients" | "groups" | "sums", { chunk: number }>({
  name: "GlassGradientSquares",
  reference({ gradients, groups, sums }, { chunk }) {
    let sum = 0;
    gradients.data.forEach((g, i) => {
      if ((groups.data[Math.floor(i / arenaBlock)] as number) >= 0) sum += g * g;
    });
    sums.data[chunk * partials] = sum;
    return [];
  },
  gpu({ gradients, groups, sums }, { chunk }, gpu) {
    gpu.run(squares, {
      tensors: { gradients, groups, sums },
      uniforms: { n: partials, quads: sizeOf(gradients) / 4, start: chunk * partials },
      groups: flatGroups(partials),
    });
    return [];
  },
});

const totalKernel = defineKernel<"sums" | "clip", { maxNorm: number }>({
  name: "GlassGradientNorm",
  reference({ sums, clip }, { maxNorm }) {
    const norm = Math.sqrt([...sums.data].reduce((a, b) => a + b, 0));
    clip.data[0] = Math.min(1, maxNorm / (norm + 1e-6));
    clip.data[1] = norm;
    return [];
  },
  gpu({ sums, clip }, { maxNorm }, gpu) {
    gpu.run(total, { tensors: { sums, clip }, uniforms: { n: sizeOf(sums), maxNorm }, groups: [1] });
    return [];
  },
});

/** Sums of squares of all loaded gradients, in parts; whoever asks disposes them. */
export function gradientSquares(state: OptimizerState): Tensor {
  const sums = zeros([Math.max(1, state.chunks.length) * partials]);
  state.chunks.forEach(({ gradients, groups }, chunk) => squaresKernel({ gradients, groups, sums }, { chunk }));
  return sums;
}

/** → [2]: the factor min(1, maxNorm / (norm + 1e-6)) and the norm over all loaded gradients (PyTorch's clip_grad_norm_). */
export function gradientNorm(state: OptimizerState, maxNorm: number): Tensor {
  const clip = fill([2], 0);
  const sums = gradientSquares(state);
  totalKernel({ sums, clip }, { maxNorm });
  sums.dispose();
  return engine().keep(clip);
}
