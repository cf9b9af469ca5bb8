// Puts our convolutions under tf.conv2d and its gradients on WebGPU; what they do not cover stays with the stock kernels.
import "@tensorflow/tfjs-backend-webgpu";
import {
  Conv2D,
  Conv2DBackpropFilter,
  Conv2DBackpropInput,
  getKernel,
  registerKernel,
  unregisterKernel,
} from "@tensorflow/tfjs-core";
import type { KernelFunc, TensorInfo } from "@tensorflow/tfjs-core";
import type { GpuBackend } from "../tensor/backend";
import { convShapeOf } from "./convShape";
import type { ConvAttrs, ConvPass, ConvShape } from "./convShape";
import "./convFilterOnCpu";
import { covers, runConv } from "./convRun";

interface Replacement {
  readonly kernelName: string;
  readonly pass: ConvPass;
  readonly operands: readonly [string, string];
  readonly shapeOf: (a: TensorInfo, b: TensorInfo, attrs: ConvAttrs) => ConvShape | null;
  readonly outShape: (s: ConvShape) => number[];
}

const replacements: readonly Replacement[] = [
  {
    kernelName: Conv2D,
    pass: "forward",
    operands: ["x", "filter"],
    shapeOf: (x, filter, attrs) => convShapeOf(x.shape, filter.shape, attrs),
    outShape: (s) => [s.batch, s.outHeight, s.outWidth, s.outChannels],
  },
  {
    kernelName: Conv2DBackpropInput,
    pass: "input",
    operands: ["dy", "filter"],
    shapeOf: (_, filter, attrs) =>
      convShapeOf((attrs as { inputShape?: number[] }).inputShape ?? [], filter.shape, attrs),
    outShape: (s) => [s.batch, s.inHeight, s.inWidth, s.inChannels],
  },
  {
    kernelName: Conv2DBackpropFilter,
    pass: "filter",
    operands: ["x", "dy"],
    shapeOf: (x, _, attrs) => convShapeOf(x.shape, (attrs as { filterShape?: number[] }).filterShape ?? [], attrs),
    outShape: (s) => [s.kernelHeight, s.kernelWidth, s.inChannels, s.outChannels],
  },
];

const backendName = "webgpu";
let stock: ReadonlyMap<string, KernelFunc> | null = null;

/** Replaces a kernel of the WebGPU backend, keeping the stock one for benchmarks. */
function replace({ kernelName, pass, operands, shapeOf, outShape }: Replacement, fallback: KernelFunc): void {
  unregisterKernel(kernelName, backendName);
  registerKernel({
    kernelName,
    backendName,
    kernelFunc: (params) => {
      const [a, b] = operands.map((name) => params.inputs[name]) as [TensorInfo, TensorInfo];
      const shape = shapeOf(a, b, params.attrs as unknown as ConvAttrs);
      if (!covers(shape) || a.dtype !== "float32" || b.dtype !== "float32") return fallback(params);
      return runConv(params.backend as GpuBackend, pass, shape, { a, b }, outShape(shape));
    },
  });
}

/** tf.conv2d, tf.conv2dTranspose and their gradients run our kernels on WebGPU; so it is once this file is imported. */
export function useOwnConvolutions(): void {
  if (stock) return;
  stock = new Map(replacements.map(({ kernelName }) => [kernelName, getKernel(kernelName, backendName).kernelFunc]));
  for (const replacement of replacements) replace(replacement, stock.get(replacement.kernelName) as KernelFunc);
}

/** Back to tfjs's own convolutions, for comparisons. */
export function useStockConvolutions(): void {
  if (!stock) return;
  for (const [kernelName, kernelFunc] of stock) {
    unregisterKernel(kernelName, backendName);
    registerKernel({ kernelName, backendName, kernelFunc });
  }
  stock = null;
}

useOwnConvolutions();
