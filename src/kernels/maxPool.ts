// Max pooling with symmetric padding by −∞ (PyTorch's MaxPool2d); the stock one differs in padding and ties.
import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import { defineKernel, sizeOf } from "../tensor/kernel";
import { defineProgram, flatGroups, forEachElement } from "../tensor/program";

export interface MaxPoolOptions {
  readonly kernel?: number;
  readonly stride?: number;
  readonly pad?: number;
  /** PyTorch's `ceil_mode`: a last window may reach over the edge. */
  readonly ceil?: boolean;
}

interface Attrs {
  readonly kernel: number;
  readonly stride: number;
  readonly pad: number;
  readonly ceil: boolean;
  readonly shape: readonly number[];
}

const geometry = {
  n: "u32",
  height: "i32",
  width: "i32",
  channels: "u32",
  outHeight: "i32",
  outWidth: "i32",
  kernel: "i32",
  stride: "i32",
  pad: "i32",
} as const;

const forward = defineProgram({
  name: "MaxPool",
  storage: { x: "read f32", y: "write f32", argmax: "write i32" },
  uniforms: geometry,
  code: forEachElement(`  let c = i % u.channels;
  let at = i32(i / u.channels);
  let ox = at % u.outWidth;
  let oy = (at / u.outWidth) % u.outHeight;
  let b = at / (u.outWidth * u.outHeight);
  var best = 0.0;
  var place = -1;
  for (var ky = 0; ky < u.kernel; ky++) {
    let iy = oy * u.stride - u.pad + ky;
    if (iy < 0 || iy >= u.height) { continue; }
    for (var kx = 0; kx < u.kernel; kx++) {
      let ix = ox * u.stride - u.pad + kx;
      if (ix < 0 || ix >= u.width) { continue; }
      let v = x[u32((b * u.height + iy) * u.width + ix) * u.channels + c];
      if (place < 0 || v > best) { best = v; place = iy * u.width + ix; }
    }
  }
  y[i] = best;
  argmax[i] = place;`),
});

const backward = defineProgram({
  name: "MaxPoolGradient",
  storage: { dy: "read f32", argmax: "read i32", dx: "write f32" },
  uniforms: geometry,
  code: forEachElement(`  let c = i % u.channels;
  let at = i32(i / u.channels);
  let ix = at % u.width;
  let iy = (at / u.width) % u.height;
  let b = at / (u.width * u.height);
  let here = iy * u.width + ix;
  let y0 = max(0, (iy + u.pad - u.kernel + u.stride) / u.stride);
  let y1 = min(u.outHeight - 1, (iy + u.pad) / u.stride);
  let x0 = max(0, (ix + u.pad - u.kernel + u.stride) / u.stride);
  let x1 = min(u.outWidth - 1, (ix + u.pad) / u.stride);
  var sum = 0.0;
  for (var oy = y0; oy <= y1; oy++) {
    for (var ox = x0; ox <= x1; ox++) {
      let o = u32((b * u.outHeight + oy) * u.outWidth + ox) * u.channels + c;
      if (argmax[o] == here) { sum += dy[o]; }
    }
  }
  dx[i] = sum;`),
});

/** Windows along an axis; one that would begin in the padding after the end is left out, as in PyTorch. */
export function poolSize(size: number, { kernel, stride, pad, ceil }: Omit<Attrs, "shape">): number {
  const steps = (size + 2 * pad - kernel) / stride;
  const windows = (ceil ? Math.ceil(steps) : Math.floor(steps)) + 1;
  return ceil && (windows - 1) * stride >= size + pad ? windows - 1 : windows;
}

function uniformsOf(n: number, attrs: Attrs) {
  const [, height = 0, width = 0, channels = 0] = attrs.shape;
  const { kernel, stride, pad } = attrs;
  return {
    n,
    height,
    width,
    channels,
    outHeight: poolSize(height, attrs),
    outWidth: poolSize(width, attrs),
    kernel,
    stride,
    pad,
  };
}

function outShape(attrs: Attrs): number[] {
  const [batch = 0, height = 0, width = 0, channels = 0] = attrs.shape;
  return [batch, poolSize(height, attrs), poolSize(width, attrs), channels];
}

const gradientKernel = defineKernel<"dy" | "argmax", Attrs>({
  name: "GlassMaxPoolGradient",
  reference({ dy, argmax }, attrs) {
    const [batch = 0, height = 0, width = 0, channels = 0] = attrs.shape;
    const data = new Float32Array(batch * height * width * channels);
    const perImage = poolSize(height, attrs) * poolSize(width, attrs) * channels;
    dy.data.forEach((gradient, o) => {
      const image = Math.floor(o / perImage) * height * width;
      const target = (image + (argmax.data[o] as number)) * channels + (o % channels);
      data[target] = (data[target] as number) + gradient;
    });
    return [{ data, shape: attrs.shape }];
  },
  gpu({ dy, argmax }, attrs, gpu) {
    const dx = gpu.make(attrs.shape);
    const n = sizeOf(dx);
    gpu.run(backward, {
      tensors: { dy, argmax, dx },
      uniforms: uniformsOf(n, attrs),
      groups: flatGroups(n),
    });
    return [dx];
  },
});

const poolKernel = defineKernel<"x", Attrs>({
  name: "GlassMaxPool",
  reference({ x }, attrs) {
    const { height, width, channels, outHeight, outWidth, kernel, stride, pad } = uniformsOf(0, attrs);
    const shape = outShape(attrs);
    const y = new Float32Array((attrs.shape[0] ?? 0) * outHeight * outWidth * channels);
    const argmax = new Int32Array(y.length);
    y.forEach((_, o) => {
      const c = o % channels;
      const at = Math.floor(o / channels);
      const ox = at % outWidth;
      const oy = Math.floor(at / outWidth) % outHeight;
      const b = Math.floor(at / (outWidth * outHeight));
      let [best, place] = [-Infinity, -1];
      for (let iy = oy * stride - pad; iy < oy * stride - pad + kernel; iy += 1) {
        for (let ix = ox * stride - pad; ix < ox * stride - pad + kernel; ix += 1) {
          if (iy < 0 || iy >= height || ix < 0 || ix >= width) continue;
          const v = x.data[((b * height + iy) * width + ix) * channels + c] as number;
          if (place < 0 || v > best) [best, place] = [v, iy * width + ix];
        }
      }
      y[o] = best;
      argmax[o] = place;
    });
    return [
      { data: y, shape },
      { data: argmax, shape },
    ];
  },
  gpu({ x }, attrs, gpu) {
    const y = gpu.make(outShape(attrs));
    const argmax = gpu.make(y.shape, "int32");
    const n = sizeOf(y);
    gpu.run(forward, { tensors: { x, y, argmax }, uniforms: uniformsOf(n, attrs), groups: flatGroups(n) });
    return [y, argmax];
  },
  gradient: {
    saveInputs: [],
    saveOutputs: [1],
    of: ([dy], [argmax], attrs) => ({
      x: () => gradientKernel({ dy: dy as Tensor, argmax: argmax as Tensor }, attrs)[0] as Tensor,
    }),
  },
});

/** [B, H, W, C] → [B, ⌊(H + 2p − k)/s⌋ + 1, …, C]; defaults are ResNet's 3, 2, 1. Ties: the first maximum. */
export function maxPool(x: Tensor4D, options: MaxPoolOptions = {}): Tensor4D {
  const { kernel = 3, stride = 2, pad = 1, ceil = false } = options;
  if (pad > kernel / 2) throw new Error(`maxPool: padding ${pad} is more than half of the kernel ${kernel}`);
  const [y, argmax] = poolKernel({ x }, { kernel, stride, pad, ceil, shape: x.shape });
  argmax?.dispose();
  return y as Tensor4D;
}
