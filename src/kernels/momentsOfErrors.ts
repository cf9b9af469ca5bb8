// Means, variances and covariance of predictions, targets and errors, gathered over batches on the device.
import type { Tensor } from "@tensorflow/tfjs-core";
import { defineKernel, sizeOf } from "../tensor/kernel";
import { defineProgram } from "../tensor/program";

/**
 * What the state holds: n; means and summed squared deviations of targets t, predictions x and errors t − x; the summed
 * product of the deviations of x and t; means of |t − x|, (ln(1+x) − ln(1+t))² and (1 − e^(x−t))².
 */
export const momentNames = ["n", "meanT", "m2T", "meanX", "m2X", "meanE", "m2E", "coXT", "meanAbs", "meanLog", "meanPct"] as const; // prettier-ignore
export type Moments = Record<(typeof momentNames)[number], number>;

const size = 128;

// Two passes over the batch keep the digits; batches are joined by Chan, Golub and LeVeque's formula (1979).
const program = defineProgram({
  name: "MomentsOfErrors",
  storage: { outputs: "read f32", targets: "read f32", weight: "read f32", state: "write f32" },
  uniforms: { n: "u32", width: "u32" },
  code: `
var<workgroup> share : array<vec4<f32>, ${size}>;
fn total(local : u32, value : vec4<f32>) -> vec4<f32> {
  workgroupBarrier();
  share[local] = value;
  workgroupBarrier();
  for (var reach = ${size / 2}u; reach > 0u; reach /= 2u) {
    if (local < reach) { share[local] += share[local + reach]; }
    workgroupBarrier();
  }
  return share[0];
}
@compute @workgroup_size(${size})
fn main(@builtin(local_invocation_index) local : u32) {
  var first = vec4<f32>();
  var others = vec4<f32>();
  for (var i = local; i < u.n; i += ${size}u) {
    if (weight[i / u.width] == 0.0) { continue; }
    let x = outputs[i];
    let t = targets[i];
    first += vec4<f32>(1.0, t, x, abs(t - x));
    let d = log(1.0 + x) - log(1.0 + t);
    let p = 1.0 - exp(x - t);
    others += vec4<f32>(d * d, p * p, 0.0, 0.0);
  }
  let sums = total(local, first);
  let extra = total(local, others);
  // No early return: a barrier must be reached by all.
  let count = max(sums.x, 1.0);
  let meanT = sums.y / count;
  let meanX = sums.z / count;
  var deviations = vec4<f32>();
  for (var i = local; i < u.n; i += ${size}u) {
    if (weight[i / u.width] == 0.0) { continue; }
    let x = outputs[i] - meanX;
    let t = targets[i] - meanT;
    deviations += vec4<f32>(t * t, x * x, (t - x) * (t - x), x * t);
  }
  let m2 = total(local, deviations);
  if (local == 0u && sums.x > 0.0) {
    let before = state[0];
    let all = before + count;
    let part = count / all;
    let between = before * part;
    let dT = meanT - state[1];
    let dX = meanX - state[3];
    let dE = meanT - meanX - state[5];
    state[0] = all;
    state[1] += dT * part;
    state[2] += m2.x + dT * dT * between;
    state[3] += dX * part;
    state[4] += m2.y + dX * dX * between;
    state[5] += dE * part;
    state[6] += m2.z + dE * dE * between;
    state[7] += m2.w + dX * dT * between;
    state[8] += (sums.w / count - state[8]) * part;
    state[9] += (extra.x / count - state[9]) * part;
    state[10] += (extra.y / count - state[10]) * part;
  }
}`,
});

const kernel = defineKernel<"outputs" | "targets" | "weight" | "state", object>({
  name: "GlassMomentsOfErrors",
  reference({ outputs, targets, weight, state }) {
    const width = outputs.data.length / weight.data.length;
    const rows = [...outputs.data.keys()].filter((i) => weight.data[Math.floor(i / width)] !== 0);
    const count = rows.length;
    if (count === 0) return [];
    const x = rows.map((i) => outputs.data[i] as number);
    const t = rows.map((i) => targets.data[i] as number);
    const meanOf = (f: (x: number, t: number) => number): number =>
      x.reduce((sum, value, i) => sum + f(value, t[i] as number), 0) / count;
    const [meanT, meanX] = [meanOf((_, b) => b), meanOf((a) => a)];
    const before = state.data[0] as number;
    const part = count / (before + count);
    const between = before * part;
    const [dT, dX, dE] = [meanT - (state.data[1] as number), meanX - (state.data[3] as number), meanT - meanX - (state.data[5] as number)]; // prettier-ignore
    const changes = [
      count,
      dT * part,
      count * meanOf((_, b) => (b - meanT) ** 2) + dT * dT * between,
      dX * part,
      count * meanOf((a) => (a - meanX) ** 2) + dX * dX * between,
      dE * part,
      count * meanOf((a, b) => (b - meanT - (a - meanX)) ** 2) + dE * dE * between,
      count * meanOf((a, b) => (a - meanX) * (b - meanT)) + dX * dT * between,
      (meanOf((a, b) => Math.abs(b - a)) - (state.data[8] as number)) * part,
      (meanOf((a, b) => (Math.log1p(a) - Math.log1p(b)) ** 2) - (state.data[9] as number)) * part,
      (meanOf((a, b) => (1 - Math.exp(a - b)) ** 2) - (state.data[10] as number)) * part,
    ];
    changes.forEach((change, k) => (state.data[k] = (state.data[k] as number) + change));
    return [];
  },
  gpu({ outputs, targets, weight, state }, _, gpu) {
    const n = sizeOf(outputs);
    gpu.run(program, {
      tensors: { outputs, targets, weight, state },
      uniforms: { n, width: n / sizeOf(weight) },
      groups: [1],
    });
    return [];
  },
});

/** Joins a batch to `state`, float32 [11], in place: outputs and targets [B, …] of the same size; one dispatch. */
export function addMoments(state: Tensor, outputs: Tensor, targets: Tensor, weight: Tensor): void {
  kernel({ outputs, targets, weight, state }, {});
}
