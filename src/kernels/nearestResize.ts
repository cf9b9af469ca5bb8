// Nearest-neighbour resize to any size as PyTorch's interpolate does it; the gradient of a pixel is the sum over its copies.
import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import { defineKernel, sizeOf } from "../tensor/kernel";
import { defineProgram, flatGroups, forEachElement } from "../tensor/program";

interface Attrs {
  readonly shape: readonly number[];
  readonly height: number;
  readonly width: number;
}

const geometry = {
  n: "u32",
  height: "u32",
  width: "u32",
  channels: "u32",
  outHeight: "u32",
  outWidth: "u32",
} as const;

/** i → (b, h, w, c) of a picture of the given size. */
const places = (height: string, width: string) => `  let c = i % u.channels;
  let w = (i / u.channels) % ${width};
  let row = i / (u.channels * ${width});
  let h = row % ${height};
  let b = row / ${height};`;

const forward = defineProgram({
  name: "NearestResize",
  storage: { x: "read f32", y: "write f32" },
  uniforms: geometry,
  code: forEachElement(`${places("u.outHeight", "u.outWidth")}
  let from_row = h * u.height / u.outHeight;
  let from_column = w * u.width / u.outWidth;
  y[i] = x[((b * u.height + from_row) * u.width + from_column) * u.channels + c];`),
});

const backward = defineProgram({
  name: "NearestResizeGradient",
  storage: { dy: "read f32", dx: "write f32" },
  uniforms: geometry,
  code: `fn first(place : u32, size : u32, outSize : u32) -> u32 { return (place * outSize + size - 1u) / size; }
${forEachElement(`${places("u.height", "u.width")}
  var sum = 0.0;
  for (var oy = first(h, u.height, u.outHeight); oy < first(h + 1u, u.height, u.outHeight); oy++) {
    for (var ox = first(w, u.width, u.outWidth); ox < first(w + 1u, u.width, u.outWidth); ox++) {
      sum += dy[((b * u.outHeight + oy) * u.outWidth + ox) * u.channels + c];
    }
  }
  dx[i] = sum;`)}`,
});

const outShape = ({ shape: [batch = 0, , , channels = 0], height, width }: Attrs) => [batch, height, width, channels];

function uniformsOf(n: number, { shape, height, width }: Attrs) {
  const [, inHeight = 0, inWidth = 0, channels = 0] = shape;
  return { n, height: inHeight, width: inWidth, channels, outHeight: height, outWidth: width };
}

/** Visits every output with the input it copies. */
function eachCopy(attrs: Attrs, visit: (output: number, input: number) => void): void {
  const [batch = 0, height = 0, width = 0, channels = 0] = attrs.shape;
  for (let b = 0, i = 0; b < batch; b += 1) {
    for (let oy = 0; oy < attrs.height; oy += 1) {
      for (let ox = 0; ox < attrs.width; ox += 1) {
        const y = Math.floor((oy * height) / attrs.height);
        const x = Math.floor((ox * width) / attrs.width);
        for (let c = 0; c < channels; c += 1, i += 1) visit(i, ((b * height + y) * width + x) * channels + c);
      }
    }
  }
}

const gradientKernel = defineKernel<"dy", Attrs>({
  name: "GlassNearestResizeGradient",
  reference({ dy }, attrs) {
    const data = new Float32Array(attrs.shape.reduce((a, b) => a * b, 1));
    eachCopy(attrs, (output, input) => (data[input] = (data[input] as number) + (dy.data[output] as number)));
    return [{ data, shape: attrs.shape }];
  },
  gpu({ dy }, attrs, gpu) {
    const dx = gpu.make(attrs.shape);
    const n = sizeOf(dx);
    gpu.run(backward, { tensors: { dy, dx }, uniforms: uniformsOf(n, attrs), groups: flatGroups(n) });
    return [dx];
  },
});

const resizeKernel = defineKernel<"x", Attrs>({
  name: "GlassNearestResize",
  reference({ x }, attrs) {
    const shape = outShape(attrs);
    const data = new Float32Array(shape.reduce((a, b) => a * b, 1));
    eachCopy(attrs, (output, input) => (data[output] = x.data[input] as number));
    return [{ data, shape }];
  },
  gpu({ x }, attrs, gpu) {
    const y = gpu.make(outShape(attrs));
    const n = sizeOf(y);
    gpu.run(forward, { tensors: { x, y }, uniforms: uniformsOf(n, attrs), groups: flatGroups(n) });
    return [y];
  },
  gradient: {
    saveInputs: [],
    saveOutputs: [],
    of: ([dy], _, attrs) => ({ x: () => gradientKernel({ dy: dy as Tensor }, attrs)[0] as Tensor }),
  },
});

/** [B, H, W, C] → [B, height, width, C]; output (i, j) copies input (⌊i·H/height⌋, ⌊j·W/width⌋). */
export function nearestResize(x: Tensor4D, [height, width]: readonly [number, number]): Tensor4D {
  return resizeKernel({ x }, { shape: x.shape, height, width })[0] as Tensor4D;
}
