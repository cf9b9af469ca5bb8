// Puts our sum over the leading axes under tf.sum on WebGPU: what the gradient of a bias is; stock transposes first.
import "@tensorflow/tfjs-backend-webgpu";
import { getKernel, registerKernel, Sum, unregisterKernel, util } from "@tensorflow/tfjs-core";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { GpuBackend } from "../tensor/backend";
import { dispatch, makeOutput } from "../tensor/dispatch";
import { sizeOf } from "../tensor/kernel";
import { defineProgram, flatGroups, forEachElement } from "../tensor/program";

/** y[c] = Σ_r x[r, c], one thread a column: for the few rows of a batch. */
const program = defineProgram({
  name: "ColumnSum",
  storage: { x: "read f32", y: "write f32" },
  uniforms: { n: "u32", rows: "u32" },
  code: forEachElement(`  var sum = 0.0;
  for (var row = 0u; row < u.rows; row++) { sum += x[row * u.n + i]; }
  y[i] = sum;`),
});

/** With more rows a thread's sum takes long, and the stock kernel splits it. */
const mostRows = 1024;

let replaced = false;

/** tf.sum over leading axes runs our kernel on WebGPU; so it is once this file is imported. */
function useOwnColumnSum(): void {
  if (replaced) return;
  replaced = true;
  const fallback = getKernel(Sum, "webgpu").kernelFunc;
  unregisterKernel(Sum, "webgpu");
  registerKernel({
    kernelName: Sum,
    backendName: "webgpu",
    kernelFunc: (params) => {
      const x = params.inputs["x"] as TensorInfo;
      const { axis, keepDims } = params.attrs as unknown as { axis: number | number[]; keepDims: boolean };
      const axes = util.parseAxisParam(axis, x.shape).sort((a, b) => a - b);
      const kept = x.shape.slice(axes.length);
      const rows = sizeOf({ shape: x.shape.slice(0, axes.length) });
      const leading = kept.length > 0 && axes.every((one, i) => one === i);
      if (!leading || x.dtype !== "float32" || rows === 0 || rows > mostRows) return fallback(params);
      const gpu = params.backend as GpuBackend;
      const y = makeOutput(gpu, keepDims ? [...axes.map(() => 1), ...kept] : kept);
      const n = sizeOf(y);
      dispatch(gpu, program, { tensors: { x, y }, uniforms: { n, rows }, groups: flatGroups(n) });
      return y;
    },
  });
}

useOwnColumnSum();
