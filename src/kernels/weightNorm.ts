// Weight normalisation (Salimans and Kingma 2016): w = g·v/‖v‖ for every output of [..., outputs]; two dispatches each way.
import type { Tensor } from "@tensorflow/tfjs-core";
import { defineKernel, sizeOf } from "../tensor/kernel";
import { defineProgram, flatGroups, forEachElement } from "../tensor/program";

const norms = defineProgram({
  name: "WeightNormLengths",
  storage: { v: "read f32", norm: "write f32" },
  uniforms: { n: "u32", rows: "u32" },
  code: forEachElement(`  var sum = 0.0;
  for (var row = 0u; row < u.rows; row++) {
    let x = v[row * u.n + i];
    sum += x * x;
  }
  norm[i] = sqrt(sum);`),
});

const scale = defineProgram({
  name: "WeightNorm",
  storage: { v: "read f32", g: "read f32", norm: "read f32", w: "write f32" },
  uniforms: { n: "u32", columns: "u32" },
  code: forEachElement(`  let column = i % u.columns;
  w[i] = v[i] * (g[column] / norm[column]);`),
});

/** dg = Σ dw·v/‖v‖ */
const scaleGradient = defineProgram({
  name: "WeightNormScaleGradient",
  storage: { dw: "read f32", v: "read f32", norm: "read f32", dg: "write f32" },
  uniforms: { n: "u32", rows: "u32" },
  code: forEachElement(`  var sum = 0.0;
  for (var row = 0u; row < u.rows; row++) { sum += dw[row * u.n + i] * v[row * u.n + i]; }
  dg[i] = sum / norm[i];`),
});

/** dv = g/‖v‖·(dw − v·dg/‖v‖) */
const directionGradient = defineProgram({
  name: "WeightNormDirectionGradient",
  storage: { dw: "read f32", v: "read f32", g: "read f32", norm: "read f32", dg: "read f32", dv: "write f32" },
  uniforms: { n: "u32", columns: "u32" },
  code: forEachElement(`  let column = i % u.columns;
  let length = norm[column];
  dv[i] = g[column] / length * (dw[i] - v[i] * (dg[column] / length));`),
});

/** Σ a·b of every column, in double precision. */
function columnDots(a: ArrayLike<number>, b: ArrayLike<number>, columns: number): Float64Array {
  const sums = new Float64Array(columns);
  for (let i = 0; i < a.length; i += 1) {
    sums[i % columns] = (sums[i % columns] as number) + (a[i] as number) * (b[i] as number);
  }
  return sums;
}

const gradientKernel = defineKernel<"dw" | "v" | "g" | "norm", object>({
  name: "GlassWeightNormGradient",
  reference({ dw, v, g, norm }) {
    const columns = norm.data.length;
    const dg = columnDots(dw.data, v.data, columns).map((sum, c) => sum / (norm.data[c] as number));
    const dv = Float32Array.from(dw.data, (d, i) => {
      const c = i % columns;
      const length = norm.data[c] as number;
      return ((g.data[c] as number) / length) * (d - ((v.data[i] as number) * (dg[c] as number)) / length);
    });
    return [
      { data: dv, shape: v.shape },
      { data: Float32Array.from(dg), shape: g.shape },
    ];
  },
  gpu({ dw, v, g, norm }, _, gpu) {
    const columns = sizeOf(norm);
    const n = sizeOf(v);
    const dg = gpu.make(g.shape);
    const dv = gpu.make(v.shape);
    const sums = { n: columns, rows: n / columns };
    gpu.run(scaleGradient, { tensors: { dw, v, norm, dg }, uniforms: sums, groups: flatGroups(columns) });
    const tensors = { dw, v, g, norm, dg, dv };
    gpu.run(directionGradient, { tensors, uniforms: { n, columns }, groups: flatGroups(n) });
    return [dv, dg];
  },
});

const kernel = defineKernel<"v" | "g", object>({
  name: "GlassWeightNorm",
  reference({ v, g }) {
    const columns = g.data.length;
    const norm = columnDots(v.data, v.data, columns).map(Math.sqrt);
    const data = Float32Array.from(v.data, (x, i) => {
      const c = i % columns;
      return (x * (g.data[c] as number)) / (norm[c] as number);
    });
    return [
      { data, shape: v.shape },
      { data: Float32Array.from(norm), shape: [columns] },
    ];
  },
  gpu({ v, g }, _, gpu) {
    const columns = sizeOf(g);
    const n = sizeOf(v);
    const norm = gpu.make([columns]);
    const w = gpu.make(v.shape);
    const lengths = { n: columns, rows: n / columns };
    gpu.run(norms, { tensors: { v, norm }, uniforms: lengths, groups: flatGroups(columns) });
    gpu.run(scale, { tensors: { v, g, norm, w }, uniforms: { n, columns }, groups: flatGroups(n) });
    return [w, norm];
  },
  gradient: {
    saveInputs: ["v", "g"],
    saveOutputs: [1],
    of: ([dw], [v, g, norm]) => {
      const inputs = { dw, v, g, norm } as Parameters<typeof gradientKernel>[0];
      const [dv, dg] = gradientKernel(inputs, {}) as [Tensor, Tensor];
      return { v: () => dv, g: () => dg };
    },
  },
});

/** g·v/‖v‖, where ‖v‖ runs over all axes but the last; g has one value for each output. */
export function weightNorm<T extends Tensor>(v: T, g: Tensor): T {
  if (g.size !== v.shape.at(-1)) throw new Error(`weightNorm: ${g.size} lengths for [${v.shape}]`);
  const [w, norm] = kernel({ v, g }, {});
  norm?.dispose();
  return w as T;
}
