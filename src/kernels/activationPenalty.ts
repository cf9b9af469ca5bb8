// AR and TAR (Merity et al. 2017): α·mean(h²) + β·mean((h_t − h_{t−1})²) over a sequence; two dispatches, one back.
import type { Scalar, Tensor, Tensor3D } from "@tensorflow/tfjs-core";
import { defineKernel, sizeOf } from "../tensor/kernel";
import { defineProgram, flatGroups, forEachElement } from "../tensor/program";

/** What a value weighs: α / number of values, β / number of differences. */
interface Attrs {
  readonly a: number;
  readonly b: number;
}

const threads = 64;
const mostParts = 256;

const partSums = defineProgram({
  name: "ActivationPenalty",
  storage: { h: "read f32", parts: "write f32" },
  uniforms: { n: "u32", width: "u32", steps: "u32", stride: "u32", a: "f32", b: "f32" },
  code: `var<workgroup> sums : array<f32, ${threads}>;
@compute @workgroup_size(${threads})
fn main(@builtin(local_invocation_index) local : u32, @builtin(workgroup_id) group : vec3<u32>) {
  var sum = 0.0;
  for (var i = group.x * ${threads}u + local; i < u.n; i += u.stride) {
    let v = h[i];
    sum += u.a * v * v;
    if ((i / u.width) % u.steps > 0u) { let d = v - h[i - u.width]; sum += u.b * d * d; }
  }
  sums[local] = sum;
  workgroupBarrier();
  for (var reach = ${threads / 2}u; reach > 0u; reach /= 2u) {
    if (local < reach) { sums[local] += sums[local + reach]; }
    workgroupBarrier();
  }
  if (local == 0u) { parts[group.x] = sums[0]; }
}`,
});

const total = defineProgram({
  name: "ActivationPenaltySum",
  storage: { parts: "read f32", y: "write f32" },
  uniforms: { n: "u32", count: "u32" },
  code: forEachElement(`  var sum = 0.0;
  for (var k = 0u; k < u.count; k++) { sum += parts[k]; }
  y[i] = sum;`),
});

const backward = defineProgram({
  name: "ActivationPenaltyGradient",
  storage: { dy: "read f32", h: "read f32", dh: "write f32" },
  uniforms: { n: "u32", width: "u32", steps: "u32", a: "f32", b: "f32" },
  code: forEachElement(`  let t = (i / u.width) % u.steps;
  let v = h[i];
  var d = u.a * v;
  if (t > 0u) { d += u.b * (v - h[i - u.width]); }
  if (t + 1u < u.steps) { d += u.b * (v - h[i + u.width]); }
  dh[i] = 2.0 * d * dy[0];`),
});

const gradientKernel = defineKernel<"dy" | "h", Attrs>({
  name: "GlassActivationPenaltyGradient",
  reference({ dy, h }, { a, b }) {
    const [, steps = 1, width = 1] = h.shape;
    const data = Float32Array.from(h.data, (v, i) => {
      const t = Math.floor(i / width) % steps;
      const before = t > 0 ? v - (h.data[i - width] as number) : 0;
      const after = t + 1 < steps ? v - (h.data[i + width] as number) : 0;
      return 2 * (a * v + b * (before + after)) * (dy.data[0] as number);
    });
    return [{ data, shape: h.shape }];
  },
  gpu({ dy, h }, { a, b }, gpu) {
    const [, steps = 1, width = 1] = h.shape;
    const dh = gpu.make(h.shape);
    const n = sizeOf(h);
    gpu.run(backward, { tensors: { dy, h, dh }, uniforms: { n, width, steps, a, b }, groups: flatGroups(n) });
    return [dh];
  },
});

const penaltyKernel = defineKernel<"h", Attrs>({
  name: "GlassActivationPenalty",
  reference({ h }, { a, b }) {
    const [, steps = 1, width = 1] = h.shape;
    let sum = 0;
    h.data.forEach((v, i) => {
      sum += a * v * v;
      if (Math.floor(i / width) % steps > 0) sum += b * (v - (h.data[i - width] as number)) ** 2;
    });
    return [{ data: new Float32Array([sum]), shape: [] }];
  },
  gpu({ h }, { a, b }, gpu) {
    const [, steps = 1, width = 1] = h.shape;
    const n = sizeOf(h);
    const count = Math.max(1, Math.min(mostParts, Math.ceil(n / threads)));
    const parts = gpu.temporary([count]);
    const y = gpu.make([]);
    const stride = count * threads;
    gpu.run(partSums, { tensors: { h, parts }, uniforms: { n, width, steps, stride, a, b }, groups: [count] });
    gpu.run(total, { tensors: { parts, y }, uniforms: { n: 1, count }, groups: [1] });
    return [y];
  },
  gradient: {
    saveInputs: ["h"],
    saveOutputs: [],
    of: ([dy], [h], attrs) => ({ h: () => gradientKernel({ dy: dy as Tensor, h: h as Tensor }, attrs)[0] as Tensor }),
  },
});

/** h [B, T, C] → scalar. Sequences of one step have no differences. */
export function activationPenalty(h: Tensor3D, { alpha, beta }: { alpha: number; beta: number }): Scalar {
  const [batch, steps, width] = h.shape;
  const differences = batch * (steps - 1) * width;
  const attrs = { a: alpha / h.size, b: differences > 0 ? beta / differences : 0 };
  return penaltyKernel({ h: h as Tensor }, attrs)[0] as Scalar;
}
