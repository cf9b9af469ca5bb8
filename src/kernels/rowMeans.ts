// Means over the rows of each item, by weight: how the losses of pixels become the losses of pictures.
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { sizeOf } from "../tensor/kernel";
import type { Gpu, HostArray } from "../tensor/kernel";
import { defineProgram } from "../tensor/program";

const program = defineProgram({
  name: "RowMeans",
  storage: { loss: "read f32", weight: "read f32", mean: "write f32", share: "write f32" },
  uniforms: { rows: "u32" },
  code: `
var<workgroup> losses : array<f32, 256>;
var<workgroup> weights : array<f32, 256>;
@compute @workgroup_size(256)
fn main(@builtin(local_invocation_index) local : u32, @builtin(workgroup_id) group : vec3<u32>) {
  let start = group.x * u.rows;
  var a = 0.0;
  var b = 0.0;
  for (var i = local; i < u.rows; i += 256u) {
    let w = weight[start + i];
    if (w != 0.0) { a += loss[start + i] * w; b += w; }
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
    mean[group.x] = select(0.0, losses[0] / weights[0], weights[0] > 0.0);
    share[group.x] = weights[0];
  }
}`,
});

/** loss and weight [B·rows] → Σ loss·weight / Σ weight of each item (0 where nothing counts), and Σ weight; [B]. */
export function rowMeans(gpu: Gpu, loss: TensorInfo, weight: TensorInfo, rows: number) {
  const items = sizeOf(loss) / rows;
  const [mean, share] = [gpu.make([items]), gpu.make([items])];
  gpu.run(program, { tensors: { loss, weight, mean, share }, uniforms: { rows }, groups: [items] });
  return { mean, share };
}

/** The same in plain loops. */
export function rowMeansReference(
  loss: ArrayLike<number>,
  weight: ArrayLike<number>,
  rows: number,
): { mean: HostArray; share: HostArray } {
  const items = loss.length / rows;
  const [mean, share] = [new Float32Array(items), new Float32Array(items)];
  for (let item = 0; item < items; item += 1) {
    let [sum, total] = [0, 0];
    for (let i = item * rows; i < (item + 1) * rows; i += 1) {
      const w = weight[i] as number;
      if (w === 0) continue;
      sum += (loss[i] as number) * w;
      total += w;
    }
    mean[item] = total > 0 ? sum / total : 0;
    share[item] = total;
  }
  return { mean: { data: mean, shape: [items] }, share: { data: share, shape: [items] } };
}
