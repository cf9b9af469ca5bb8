// fastai's blur after a pixel shuffle: the first row and column are repeated once, then every 2×2 window is averaged.
import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import { defineKernel, sizeOf } from "../tensor/kernel";
import { defineProgram, flatGroups, forEachElement } from "../tensor/program";

const geometry = { n: "u32", height: "u32", width: "u32", channels: "u32" } as const;

const places = `  let w = (i / u.channels) % u.width;
  let h = (i / (u.channels * u.width)) % u.height;
  let line = u.channels * u.width;`;

const forward = defineProgram({
  name: "CornerBlur",
  storage: { x: "read f32", y: "write f32" },
  uniforms: geometry,
  code: forEachElement(`${places}
  let up = select(0u, line, h > 0u);
  let left = select(0u, u.channels, w > 0u);
  y[i] = (x[i - up - left] + x[i - up] + x[i - left] + x[i]) * 0.25;`),
});

const backward = defineProgram({
  name: "CornerBlurGradient",
  storage: { dy: "read f32", dx: "write f32" },
  uniforms: geometry,
  code: forEachElement(`${places}
  // The first row and column stand in for the one before them.
  let own_row = select(1.0, 2.0, h == 0u);
  let own_column = select(1.0, 2.0, w == 0u);
  let below = h + 1u < u.height;
  let right = w + 1u < u.width;
  var sum = dy[i] * own_row * own_column;
  if (below) { sum += dy[i + line] * own_column; }
  if (right) { sum += dy[i + u.channels] * own_row; }
  if (below && right) { sum += dy[i + line + u.channels]; }
  dx[i] = sum * 0.25;`),
});

const uniformsOf = ([, height = 0, width = 0, channels = 0]: readonly number[], n: number) => ({
  ...{ n, height, width, channels },
});

/** Visits every output with the four inputs of its window. */
function eachWindow(shape: readonly number[], visit: (output: number, inputs: readonly number[]) => void): void {
  const [batch = 0, height = 0, width = 0, channels = 0] = shape;
  for (let i = 0; i < batch * height * width * channels; i += 1) {
    const left = Math.floor(i / channels) % width > 0 ? channels : 0;
    const up = Math.floor(i / (channels * width)) % height > 0 ? channels * width : 0;
    visit(i, [i - up - left, i - up, i - left, i]);
  }
}

const gradientKernel = defineKernel<"dy", object>({
  name: "GlassCornerBlurGradient",
  reference({ dy }) {
    const data = new Float32Array(dy.data.length);
    eachWindow(dy.shape, (output, inputs) => {
      for (const input of inputs) data[input] = (data[input] as number) + (dy.data[output] as number) / 4;
    });
    return [{ data, shape: dy.shape }];
  },
  gpu({ dy }, _, gpu) {
    const dx = gpu.make(dy.shape);
    const n = sizeOf(dx);
    gpu.run(backward, { tensors: { dy, dx }, uniforms: uniformsOf(dy.shape, n), groups: flatGroups(n) });
    return [dx];
  },
});

const blurKernel = defineKernel<"x", object>({
  name: "GlassCornerBlur",
  reference({ x }) {
    const data = new Float32Array(x.data.length);
    eachWindow(x.shape, (output, inputs) => {
      data[output] = inputs.reduce((sum, input) => sum + (x.data[input] as number), 0) / 4;
    });
    return [{ data, shape: x.shape }];
  },
  gpu({ x }, _, gpu) {
    const y = gpu.make(x.shape);
    const n = sizeOf(x);
    gpu.run(forward, { tensors: { x, y }, uniforms: uniformsOf(x.shape, n), groups: flatGroups(n) });
    return [y];
  },
  gradient: {
    saveInputs: [],
    saveOutputs: [],
    of: ([dy]) => ({ x: () => gradientKernel({ dy: dy as Tensor }, {})[0] as Tensor }),
  },
});

/** ReplicationPad2d((1, 0, 1, 0)), then AvgPool2d(2, stride 1): [B, H, W, C] → [B, H, W, C]. */
export function cornerBlur(x: Tensor4D): Tensor4D {
  return blurKernel({ x }, {})[0] as Tensor4D;
}
