// Puts our products of matrices under tf.matMul on WebGPU: they are 1x1 convolutions, and run as such.
import "@tensorflow/tfjs-backend-webgpu";
import { BatchMatMul, getKernel, registerKernel, unregisterKernel } from "@tensorflow/tfjs-core";
import type { KernelFunc, TensorInfo } from "@tensorflow/tfjs-core";
import type { GpuBackend } from "../tensor/backend";
import { convStyleOf, covers, runConv } from "./convRun";
import { denseShape } from "./convShape";
import type { ConvPass, ConvShape } from "./convShape";

interface Product {
  readonly pass: ConvPass;
  readonly shape: ConvShape;
  readonly out: readonly [number, number];
}

/** a·b, a·bᵀ and aᵀ·b as the three passes of a convolution; aᵀ·bᵀ is none of them. */
function productOf(a: TensorInfo, b: TensorInfo, transposeA: boolean, transposeB: boolean): Product | null {
  const [p, q] = a.shape.slice(-2) as [number, number];
  const [r, s] = b.shape.slice(-2) as [number, number];
  if (transposeA && transposeB) return null;
  if (transposeA) return { pass: "filter", shape: denseShape(p, q, s), out: [q, s] };
  if (transposeB) return { pass: "input", shape: denseShape(p, r, q), out: [p, r] };
  return { pass: "forward", shape: denseShape(p, q, s), out: [p, s] };
}

const isMatrix = ({ shape }: TensorInfo) => shape.slice(0, -2).every((size) => size === 1);

/** Few results with a long sum each: a tile per workgroup would leave a GPU idle, and the stock kernel splits the sum. */
function tooFew({ pass, out }: Product): boolean {
  return pass !== "filter" && Math.ceil(out[0] / 32) * Math.ceil(out[1] / 32) < 64;
}

const backendName = "webgpu";
let stock: KernelFunc | null = null;

/** tf.matMul of two matrices (and its gradients) runs our kernels on WebGPU; so it is once this file is imported. */
export function useOwnMatMul(): void {
  if (stock) return;
  const fallback = (stock = getKernel(BatchMatMul, backendName).kernelFunc);
  unregisterKernel(BatchMatMul, backendName);
  registerKernel({
    kernelName: BatchMatMul,
    backendName,
    kernelFunc: (params) => {
      const { a, b } = params.inputs as { a: TensorInfo; b: TensorInfo };
      const { transposeA, transposeB } = params.attrs as unknown as { transposeA: boolean; transposeB: boolean };
      const gpu = params.backend as GpuBackend;
      const product = isMatrix(a) && isMatrix(b) ? productOf(a, b, transposeA, transposeB) : null;
      if (!product || !covers(product.shape) || a.dtype !== "float32" || b.dtype !== "float32") return fallback(params);
      if (convStyleOf(gpu.device).kind === "tiled" && tooFew(product)) return fallback(params);
      const rank = Math.max(a.shape.length, b.shape.length);
      const outShape = [...Array.from({ length: rank - 2 }, () => 1), ...product.out];
      return runConv(gpu, product.pass, product.shape, { a, b }, outShape);
    },
  });
}

/** Back to tfjs's own kernel, for comparisons. */
export function useStockMatMul(): void {
  if (!stock) return;
  unregisterKernel(BatchMatMul, backendName);
  registerKernel({ kernelName: BatchMatMul, backendName, kernelFunc: stock });
  stock = null;
}

useOwnMatMul();
