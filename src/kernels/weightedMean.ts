// The last step of a loss: one workgroup turns per-item losses and weights into their weighted mean and 1/Σ weights.
import { defineProgram } from "../tensor/program";
import type { HostArray } from "../tensor/kernel";

/** mean[0] = Σ loss·weight / Σ weight (0 where all weights are 0); norm[0] = 1 / Σ weight. */
export const weightedMean = defineProgram({
  name: "WeightedMean",
  storage: { loss: "read f32", weight: "read f32", mean: "write f32", norm: "write f32" },
  uniforms: { n: "u32" },
  code: `
var<workgroup> losses : array<f32, 256>;
var<workgroup> weights : array<f32, 256>;
@compute @workgroup_size(256)
fn main(@builtin(local_invocation_index) local : u32) {
  var a = 0.0;
  var b = 0.0;
  for (var i = local; i < u.n; i += 256u) {
    // A row that does not count must not spread its NaN.
    if (weight[i] != 0.0) { a += loss[i] * weight[i]; b += weight[i]; }
  }
  losses[local] = a;
  weights[local] = b;
  workgroupBarrier();
  for (var reach = 128u; reach > 0u; reach /= 2u) {
    if (local < reach) {
      losses[local] += losses[local + reach];
      weights[local] += weights[local + reach];
    }
    workgroupBarrier();
  }
  if (local == 0u) {
    let inverse = select(0.0, 1.0 / weights[0], weights[0] > 0.0);
    mean[0] = losses[0] * inverse;
    norm[0] = inverse;
  }
}`,
});

/** The same in plain loops: [mean, norm]. */
export function weightedMeanReference(loss: ArrayLike<number>, weight: ArrayLike<number>): [HostArray, HostArray] {
  let [sum, total] = [0, 0];
  for (let i = 0; i < loss.length; i += 1) {
    const w = weight[i] as number;
    if (w === 0) continue;
    sum += (loss[i] as number) * w;
    total += w;
  }
  const inverse = total > 0 ? 1 / total : 0;
  return [
    { data: new Float32Array([sum * inverse]), shape: [] },
    { data: new Float32Array([inverse]), shape: [] },
  ];
}
