// Dynamic loss scaling (Micikevicius et al. 2018) that lives on the device: the loop never waits to learn of an overflow.
import { engine, fill, zeros } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { defineKernel, sizeOf } from "../tensor/kernel";
import { defineProgram } from "../tensor/program";
import { readback } from "../tensor/readback";
import { tensorOf, writeTensor } from "../tensor/writeTensor";
import { gradientSquares } from "./gradientNorm";
import { groupFields } from "./optimizerState";
import type { OptimizerState } from "./optimizerState";

/** fastai's numbers: begins at 2^16, halves at an overflow, doubles after 1,000 clean steps, never above 2^24. */
export const lossScaleDefaults = { start: 2 ** 16, patience: 1000, most: 2 ** 24 } as const;

interface Judgement {
  readonly maxNorm: number | undefined;
  readonly corrected: boolean;
}

export interface LossScale {
  /** A scalar: what the loss is multiplied by in this step. */
  readonly scale: Tensor;
  /** float32 [2]: clean steps since the last change, and steps left out. */
  readonly counts: Tensor;
  /**
   * Looks at a step's loaded gradients and moves the scale; → [2]: the factor that scales and clips them, or −1 where
   * the step is to be left out, and their norm. The caller disposes it.
   */
  judge(state: OptimizerState, how: Judgement): Tensor;
  /** How many steps were left out so far; waits for the device. */
  skipped(): Promise<number>;
  /** A new optimizer begins to count its steps. */
  restart(): void;
  dispose(): void;
}

type Inputs = "sums" | "scale" | "counts" | "hyper" | "clip";

interface Attrs {
  readonly maxNorm: number;
  readonly corrected: boolean;
  readonly patience: number;
  readonly most: number;
}

// Infinity and NaN are found by their bits, because WGSL may assume that there are none.
const program = defineProgram({
  name: "LossScale",
  storage: { sums: "read u32", scale: "write f32", counts: "write f32", hyper: "write f32", clip: "write f32" },
  uniforms: { n: "u32", rows: "u32", corrected: "u32", maxNorm: "f32", patience: "f32", most: "f32" },
  code: `
var<workgroup> shares : array<f32, 256>;
var<workgroup> wrong : array<u32, 256>;
fn power(base : f32, exponent : u32) -> f32 {
  var result = 1.0;
  var square = base;
  for (var rest = exponent; rest > 0u; rest >>= 1u) {
    if ((rest & 1u) == 1u) { result *= square; }
    square *= square;
  }
  return result;
}
@compute @workgroup_size(256)
fn main(@builtin(local_invocation_index) local : u32) {
  var sum = 0.0;
  var bad = 0u;
  for (var i = local; i < u.n; i += 256u) {
    let bits = sums[i];
    if ((bits & 0x7f800000u) == 0x7f800000u) { bad = 1u; } else { sum += bitcast<f32>(bits); }
  }
  shares[local] = sum;
  wrong[local] = bad;
  workgroupBarrier();
  for (var reach = 128u; reach > 0u; reach /= 2u) {
    if (local < reach) {
      shares[local] += shares[local + reach];
      wrong[local] |= wrong[local + reach];
    }
    workgroupBarrier();
  }
  if (local != 0u) { return; }
  let now = scale[0];
  let total = bitcast<u32>(shares[0]);
  if (wrong[0] != 0u || (total & 0x7f800000u) == 0x7f800000u) {
    clip[0] = -1.0;
    clip[1] = 0.0;
    scale[0] = max(now * 0.5, 1.0);
    counts[0] = 0.0;
    counts[1] += 1.0;
    return;
  }
  let norm = sqrt(shares[0]) / now;
  clip[0] = select(1.0, min(1.0, u.maxNorm / (norm + 1e-6)), u.maxNorm > 0.0) / now;
  clip[1] = norm;
  let clean = counts[0] + 1.0;
  let grows = clean >= u.patience;
  counts[0] = select(clean, 0.0, grows);
  scale[0] = select(now, min(now * 2.0, u.most), grows);
  let skipped = u32(counts[1]);
  if (u.corrected == 0u || skipped == 0u) { return; }
  for (var row = 0u; row < u.rows; row++) {
    let h = row * ${groupFields}u;
    if (hyper[h + 10u] == 0.0) { continue; }
    let step = u32(hyper[h + 10u]) - skipped;
    hyper[h + 2u] = hyper[h + 9u] / (1.0 - power(hyper[h + 3u], step));
    hyper[h + 7u] = 1.0 / (1.0 - power(hyper[h + 5u], step));
  }
}`,
});

const kernel = defineKernel<Inputs, Attrs>({
  name: "GlassLossScale",
  reference({ sums, scale, counts, hyper, clip }, { maxNorm, corrected, patience, most }) {
    const now = scale.data[0] as number;
    const total = Array.from(sums.data).reduce((sum, part) => sum + part, 0);
    if (!Number.isFinite(Math.fround(total))) {
      clip.data.set([-1, 0]);
      scale.data[0] = Math.max(now / 2, 1);
      counts.data[0] = 0;
      counts.data[1] = (counts.data[1] as number) + 1;
      return [];
    }
    const norm = Math.sqrt(total) / now;
    clip.data.set([(maxNorm > 0 ? Math.min(1, maxNorm / (norm + 1e-6)) : 1) / now, norm]);
    const clean = (counts.data[0] as number) + 1;
    counts.data[0] = clean >= patience ? 0 : clean;
    if (clean >= patience) scale.data[0] = Math.min(now * 2, most);
    const skipped = counts.data[1] as number;
    if (!corrected || skipped === 0) return [];
    for (let h = 0; h < hyper.data.length; h += groupFields) {
      const at = (k: number): number => hyper.data[h + k] as number;
      const step = at(10) - skipped;
      // Rows that no group uses hold zeros.
      if (at(10) === 0) continue;
      hyper.data[h + 2] = at(9) / (1 - at(3) ** step);
      hyper.data[h + 7] = 1 / (1 - at(5) ** step);
    }
    return [];
  },
  gpu({ sums, scale, counts, hyper, clip }, { maxNorm, corrected, patience, most }, gpu) {
    const rows = sizeOf(hyper) / groupFields;
    const uniforms = { n: sizeOf(sums), rows, corrected: corrected ? 1 : 0, maxNorm, patience, most };
    gpu.run(program, { tensors: { sums, scale, counts, hyper, clip }, uniforms, groups: [1] });
    return [];
  },
});

/** A scale at its start. */
export function createLossScale(options: Partial<Record<keyof typeof lossScaleDefaults, number>> = {}): LossScale {
  const { start, patience, most } = { ...lossScaleDefaults, ...options };
  const scale = engine().keep(tensorOf(new Float32Array([start]), [], "float32"));
  const counts = engine().keep(zeros([2]));
  return {
    scale,
    counts,
    judge(state, { maxNorm = 0, corrected }) {
      const clip = engine().keep(fill([2], 0));
      const sums = gradientSquares(state);
      kernel({ sums, scale, counts, hyper: state.hyper, clip }, { maxNorm, corrected, patience, most });
      sums.dispose();
      return clip;
    },
    skipped: async () => (await readback(counts))[1] ?? 0,
    restart: () => writeTensor(counts, new Float32Array(2)),
    dispose() {
      scale.dispose();
      counts.dispose();
    },
  };
}
