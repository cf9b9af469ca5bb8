// ReLU, alone and after a sum of two tensors, and ReLU6: y = max(x, 0), max(a + b, 0), min(max(x, 0), 6); one dispatch each way.
import type { Tensor } from "@tensorflow/tfjs-core";
import { defineKernel, sizeOf } from "../tensor/kernel";
import { defineProgram, flatGroups, forEachElement, variants } from "../tensor/program";

/** Elements a thread handles: 4 where the size allows vector loads. */
export function lanesOf(size: number): 1 | 4 {
  return size % 4 === 0 ? 4 : 1;
}

/** The WGSL element type of that many lanes. */
export function elementOf(lanes: 1 | 4): "f32" | "vec4<f32>" {
  return lanes === 4 ? "vec4<f32>" : "f32";
}

const forward = variants(({ lanes, add }: { lanes: 1 | 4; add: boolean }) => {
  const e = elementOf(lanes);
  return defineProgram({
    name: add ? "AddRelu" : "Relu",
    storage: { a: `read ${e}`, b: `read ${e}`, y: `write ${e}` },
    uniforms: { n: "u32" },
    code: forEachElement(`  y[i] = max(${add ? "a[i] + b[i]" : "a[i]"}, ${e}(0.0));`),
  });
});

const backward = variants(({ lanes }: { lanes: 1 | 4 }) => {
  const e = elementOf(lanes);
  return defineProgram({
    name: "ReluGradient",
    storage: { dy: `read ${e}`, y: `read ${e}`, dx: `write ${e}` },
    uniforms: { n: "u32" },
    code: forEachElement(`  dx[i] = select(${e}(0.0), dy[i], y[i] > ${e}(0.0));`),
  });
});

const reluGradient = defineKernel<"dy" | "y", object>({
  name: "GlassReluGradient",
  reference: ({ dy, y }) => [
    { data: Float32Array.from(dy.data, (v, i) => ((y.data[i] as number) > 0 ? v : 0)), shape: dy.shape },
  ],
  gpu({ dy, y }, _, gpu) {
    const dx = gpu.make(dy.shape);
    const lanes = lanesOf(sizeOf(dy));
    const n = sizeOf(dy) / lanes;
    gpu.run(backward({ lanes }), { tensors: { dy, y, dx }, uniforms: { n }, groups: flatGroups(n) });
    return [dx];
  },
});

const reluKernel = defineKernel<"x", object>({
  name: "GlassRelu",
  reference: ({ x }) => [{ data: Float32Array.from(x.data, (v) => Math.max(v, 0)), shape: x.shape }],
  gpu({ x }, _, gpu) {
    const y = gpu.make(x.shape);
    const lanes = lanesOf(sizeOf(x));
    const n = sizeOf(x) / lanes;
    gpu.run(forward({ lanes, add: false }), {
      tensors: { a: x, b: x, y },
      uniforms: { n },
      groups: flatGroups(n),
    });
    return [y];
  },
  gradient: {
    saveInputs: [],
    saveOutputs: [0],
    of: ([dy], [y]) => ({ x: () => reluGradient({ dy: dy as Tensor, y: y as Tensor }, {})[0] as Tensor }),
  },
});

const addReluKernel = defineKernel<"a" | "b", object>({
  name: "GlassAddRelu",
  reference: ({ a, b }) => [
    { data: Float32Array.from(a.data, (v, i) => Math.max(v + (b.data[i] as number), 0)), shape: a.shape },
  ],
  gpu({ a, b }, _, gpu) {
    const y = gpu.make(a.shape);
    const lanes = lanesOf(sizeOf(a));
    const n = sizeOf(a) / lanes;
    gpu.run(forward({ lanes, add: true }), { tensors: { a, b, y }, uniforms: { n }, groups: flatGroups(n) });
    return [y];
  },
  gradient: {
    saveInputs: [],
    saveOutputs: [0],
    of: ([dy], [y]) => {
      // Both sides get the same gradient: computed once, handed out twice.
      let shared: Tensor | undefined;
      const masked = (): Tensor => (shared ??= reluGradient({ dy: dy as Tensor, y: y as Tensor }, {})[0] as Tensor);
      return { a: masked, b: () => masked().clone() };
    },
  },
});

/** max(x, 0); the gradient at 0 is 0, as in PyTorch. */
export function relu<T extends Tensor>(x: T): T {
  return reluKernel({ x }, {})[0] as T;
}

/** max(a + b, 0) for tensors of one shape. */
export function addRelu<T extends Tensor>(a: T, b: T): T {
  if (a.shape.join() !== b.shape.join()) throw new Error(`addRelu: shapes [${a.shape}] and [${b.shape}]`);
  return addReluKernel({ a, b }, {})[0] as T;
}

const forward6 = variants(({ lanes }: { lanes: 1 | 4 }) => {
  const e = elementOf(lanes);
  return defineProgram({
    name: "Relu6",
    storage: { x: `read ${e}`, y: `write ${e}` },
    uniforms: { n: "u32" },
    code: forEachElement(`  y[i] = clamp(x[i], ${e}(0.0), ${e}(6.0));`),
  });
});

const backward6 = variants(({ lanes }: { lanes: 1 | 4 }) => {
  const e = elementOf(lanes);
  return defineProgram({
    name: "Relu6Gradient",
    storage: { dy: `read ${e}`, y: `read ${e}`, dx: `write ${e}` },
    uniforms: { n: "u32" },
    code: forEachElement(`  dx[i] = select(${e}(0.0), dy[i], (y[i] > ${e}(0.0)) & (y[i] < ${e}(6.0)));`),
  });
});

const relu6Gradient = defineKernel<"dy" | "y", object>({
  name: "GlassRelu6Gradient",
  reference({ dy, y }) {
    const passes = (i: number) => (y.data[i] as number) > 0 && (y.data[i] as number) < 6;
    return [{ data: Float32Array.from(dy.data, (v, i) => (passes(i) ? v : 0)), shape: dy.shape }];
  },
  gpu({ dy, y }, _, gpu) {
    const dx = gpu.make(dy.shape);
    const lanes = lanesOf(sizeOf(dy));
    const n = sizeOf(dy) / lanes;
    gpu.run(backward6({ lanes }), { tensors: { dy, y, dx }, uniforms: { n }, groups: flatGroups(n) });
    return [dx];
  },
});

const relu6Kernel = defineKernel<"x", object>({
  name: "GlassRelu6",
  reference: ({ x }) => [{ data: Float32Array.from(x.data, (v) => Math.min(Math.max(v, 0), 6)), shape: x.shape }],
  gpu({ x }, _, gpu) {
    const y = gpu.make(x.shape);
    const lanes = lanesOf(sizeOf(x));
    const n = sizeOf(x) / lanes;
    gpu.run(forward6({ lanes }), { tensors: { x, y }, uniforms: { n }, groups: flatGroups(n) });
    return [y];
  },
  gradient: {
    saveInputs: [],
    saveOutputs: [0],
    of: ([dy], [y]) => ({ x: () => relu6Gradient({ dy: dy as Tensor, y: y as Tensor }, {})[0] as Tensor }),
  },
});

/** min(max(x, 0), 6); the gradient is 0 at both ends, as in PyTorch. */
export function relu6<T extends Tensor>(x: T): T {
  return relu6Kernel({ x }, {})[0] as T;
}
