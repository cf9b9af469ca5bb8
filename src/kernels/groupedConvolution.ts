// Convolutions in groups, depthwise ones among them: each output looks at the input channels of its own group only.
import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import { defineKernel, sizeOf } from "../tensor/kernel";
import type { Gpu } from "../tensor/kernel";
import { flatGroups } from "../tensor/program";
import { convReduce } from "./convReduce";
import * as programs from "./groupedConvPrograms";
import { eachProduct, groupedShape } from "./groupedConvShape";
import type { GroupedAttrs } from "./groupedConvShape";

export interface GroupedOptions {
  readonly stride: number;
  /** On every side. */
  readonly pad: number;
  readonly groups: number;
}

const inputKernel = defineKernel<"dy" | "w", GroupedAttrs>({
  name: "GlassGroupedConvolutionInput",
  reference({ dy, w }, attrs) {
    const data = new Float32Array(attrs.x.reduce((a, b) => a * b, 1));
    eachProduct(attrs, (x, f, y) => (data[x] = (data[x] as number) + (dy.data[y] as number) * (w.data[f] as number)));
    return [{ data, shape: attrs.x }];
  },
  gpu({ dy, w }, attrs, gpu) {
    const dx = gpu.make(attrs.x);
    const { lanes, uniforms } = groupedShape(attrs);
    const n = sizeOf(dx) / lanes;
    gpu.run(programs.input({ lanes }), { tensors: { dy, w, dx }, uniforms: { n, ...uniforms }, groups: flatGroups(n) });
    return [dx];
  },
});

/** Parts of the rows that are summed side by side: enough threads to fill a GPU. */
const partsOf = (size: number, rows: number): number => Math.max(1, Math.min(rows, Math.ceil(65536 / size), 256));

const filterKernel = defineKernel<"x" | "dy", GroupedAttrs>({
  name: "GlassGroupedConvolutionFilter",
  reference({ x, dy }, attrs) {
    const sums = new Float64Array(attrs.w.reduce((a, b) => a * b, 1));
    eachProduct(attrs, (i, f, y) => (sums[f] = (sums[f] as number) + (x.data[i] as number) * (dy.data[y] as number)));
    return [{ data: Float32Array.from(sums), shape: attrs.w }];
  },
  gpu({ x, dy }, attrs, gpu: Gpu) {
    const dw = gpu.make(attrs.w);
    const { lanes, uniforms } = groupedShape(attrs);
    const size = sizeOf(dw) / lanes;
    const rows = uniforms.batch * uniforms.outHeight;
    const parts = partsOf(size, rows);
    const partial = parts > 1 ? gpu.temporary([parts, sizeOf(dw)]) : dw;
    gpu.run(programs.filter({ lanes }), {
      tensors: { x, dy, dw: partial },
      uniforms: { n: parts * size, parts, ...uniforms },
      groups: flatGroups(parts * size),
    });
    if (parts > 1) {
      const sum = convReduce(sizeOf(dw), parts);
      gpu.run(sum.program, { tensors: { parts: partial, out: dw }, uniforms: sum.uniforms, groups: sum.groups });
    }
    return [dw];
  },
});

const forwardKernel = defineKernel<"x" | "w", GroupedAttrs>({
  name: "GlassGroupedConvolution",
  reference({ x, w }, attrs) {
    const data = new Float32Array(attrs.y.reduce((a, b) => a * b, 1));
    eachProduct(attrs, (i, f, y) => (data[y] = (data[y] as number) + (x.data[i] as number) * (w.data[f] as number)));
    return [{ data, shape: attrs.y }];
  },
  gpu({ x, w }, attrs, gpu) {
    const y = gpu.make(attrs.y);
    const { lanes, uniforms } = groupedShape(attrs);
    const n = sizeOf(y) / lanes;
    gpu.run(programs.forward({ lanes }), { tensors: { x, w, y }, uniforms: { n, ...uniforms }, groups: flatGroups(n) });
    return [y];
  },
  gradient: {
    saveInputs: ["x", "w"],
    saveOutputs: [],
    of: ([dy], [x, w], attrs) => ({
      x: () => inputKernel({ dy: dy as Tensor, w: w as Tensor }, attrs)[0] as Tensor,
      w: () => filterKernel({ x: x as Tensor, dy: dy as Tensor }, attrs)[0] as Tensor,
    }),
  },
});

/** x [B, H, W, in], w [kh, kw, in/groups, out] → [B, H', W', out]; group g of the outputs sees group g of the inputs. */
export function groupedConvolution(x: Tensor4D, w: Tensor4D, { stride, pad, groups }: GroupedOptions): Tensor4D {
  const [batch, height, width, inputs] = x.shape;
  const [kernelHeight, kernelWidth, own, outputs] = w.shape;
  if (own * groups !== inputs || outputs % groups !== 0) {
    throw new Error(`groupedConvolution: ${groups} groups of [${x.shape}] and [${w.shape}]`);
  }
  const after = (size: number, kernel: number) => Math.floor((size + 2 * pad - kernel) / stride) + 1;
  const y = [batch, after(height, kernelHeight), after(width, kernelWidth), outputs];
  return forwardKernel({ x, w }, { x: x.shape, w: w.shape, y, stride, pad, groups })[0] as Tensor4D;
}
