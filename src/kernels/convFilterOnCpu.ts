// The weight gradient of a convolution on the processor: tfjs's own looks every value up by its four indices.
import "@tensorflow/tfjs-backend-cpu";
import { Conv2DBackpropFilter, getKernel, registerKernel, unregisterKernel } from "@tensorflow/tfjs-core";
import type { KernelFunc, TensorInfo } from "@tensorflow/tfjs-core";
import type { CpuBackend } from "../tensor/backend";
import { convShapeOf } from "./convShape";
import type { ConvAttrs, ConvShape } from "./convShape";

type Values = ArrayLike<number>;

/** Adds a pixel's x[k]·dy[n] to `sums` [inChannels, outChannels]. */
function addPixel(sums: Float64Array, x: Values, from: number, dy: Values, to: number, s: ConvShape): void {
  for (let k = 0; k < s.inChannels; k += 1) {
    const factor = x[from + k] as number;
    // After a ReLU half of them are.
    if (factor === 0) continue;
    const row = k * s.outChannels;
    for (let n = 0; n < s.outChannels; n += 1)
      sums[row + n] = (sums[row + n] as number) + factor * (dy[to + n] as number);
  }
}

/** One tap's weights, dw[r, c] = Σ over images and pixels, in double precision. */
function tapGradient(x: Values, dy: Values, s: ConvShape, r: number, c: number): Float64Array {
  const sums = new Float64Array(s.inChannels * s.outChannels);
  for (let b = 0; b < s.batch; b += 1) {
    for (let oy = 0; oy < s.outHeight; oy += 1) {
      const y = oy * s.strideHeight - s.padTop + r;
      if (y < 0 || y >= s.inHeight) continue;
      for (let ox = 0; ox < s.outWidth; ox += 1) {
        const column = ox * s.strideWidth - s.padLeft + c;
        if (column < 0 || column >= s.inWidth) continue;
        const from = ((b * s.inHeight + y) * s.inWidth + column) * s.inChannels;
        addPixel(sums, x, from, dy, ((b * s.outHeight + oy) * s.outWidth + ox) * s.outChannels, s);
      }
    }
  }
  return sums;
}

function replace(fallback: KernelFunc): KernelFunc {
  return (params) => {
    const { x, dy } = params.inputs as { x: TensorInfo; dy: TensorInfo };
    const attrs = params.attrs as unknown as ConvAttrs & { readonly filterShape: number[] };
    const shape = convShapeOf(x.shape, attrs.filterShape, attrs);
    if (!shape) return fallback(params);
    const backend = params.backend as unknown as CpuBackend;
    const [pixels, gradient] = [backend.data.get(x.dataId).values, backend.data.get(dy.dataId).values];
    const taps = shape.inChannels * shape.outChannels;
    const dw = new Float32Array(shape.kernelHeight * shape.kernelWidth * taps);
    for (let tap = 0; tap * taps < dw.length; tap += 1) {
      const [r, c] = [Math.floor(tap / shape.kernelWidth), tap % shape.kernelWidth];
      dw.set(tapGradient(pixels, gradient, shape, r, c), tap * taps);
    }
    return backend.makeTensorInfo(attrs.filterShape, "float32", dw);
  };
}

/** tfjs's own, for comparisons. */
export const stockConvFilterOnCpu: KernelFunc = getKernel(Conv2DBackpropFilter, "cpu").kernelFunc;

unregisterKernel(Conv2DBackpropFilter, "cpu");
registerKernel({ kernelName: Conv2DBackpropFilter, backendName: "cpu", kernelFunc: replace(stockConvFilterOnCpu) });
