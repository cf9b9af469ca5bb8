// fastai's AdaptiveConcatPool2d to 1×1: [B, H, W, C] → [B, 2C], the maxima first, then the means.
import type { Tensor, Tensor2D, Tensor4D } from "@tensorflow/tfjs-core";
import { defineKernel, sizeOf } from "../tensor/kernel";
import { defineProgram, flatGroups, forEachElement } from "../tensor/program";

const forward = defineProgram({
  name: "GlobalConcatPool",
  storage: { x: "read f32", y: "write f32", argmax: "write i32" },
  uniforms: { n: "u32", pixels: "u32", channels: "u32" },
  code: forEachElement(`  let b = i / u.channels;
  let c = i % u.channels;
  let start = b * u.pixels * u.channels + c;
  var best = x[start];
  var at = 0u;
  var sum = best;
  for (var p = 1u; p < u.pixels; p++) {
    let v = x[start + p * u.channels];
    sum += v;
    if (v > best) { best = v; at = p; }
  }
  y[b * 2u * u.channels + c] = best;
  y[b * 2u * u.channels + u.channels + c] = sum / f32(u.pixels);
  argmax[i] = i32(at);`),
});

const backward = defineProgram({
  name: "GlobalConcatPoolGradient",
  storage: { dy: "read f32", argmax: "read i32", dx: "write f32" },
  uniforms: { n: "u32", pixels: "u32", channels: "u32" },
  code: forEachElement(`  let c = i % u.channels;
  let p = (i / u.channels) % u.pixels;
  let b = i / (u.channels * u.pixels);
  let row = b * 2u * u.channels + c;
  let highest = select(0.0, dy[row], u32(argmax[b * u.channels + c]) == p);
  dx[i] = highest + dy[row + u.channels] / f32(u.pixels);`),
});

const gradientKernel = defineKernel<"dy" | "argmax", { shape: readonly number[] }>({
  name: "GlassGlobalConcatPoolGradient",
  reference({ dy, argmax }, { shape }) {
    const [batch = 0, height = 0, width = 0, channels = 0] = shape;
    const pixels = height * width;
    const data = new Float32Array(batch * pixels * channels);
    data.forEach((_, i) => {
      const c = i % channels;
      const p = Math.floor(i / channels) % pixels;
      const b = Math.floor(i / (channels * pixels));
      const row = b * 2 * channels + c;
      const highest = argmax.data[b * channels + c] === p ? (dy.data[row] as number) : 0;
      data[i] = highest + (dy.data[row + channels] as number) / pixels;
    });
    return [{ data, shape }];
  },
  gpu({ dy, argmax }, { shape }, gpu) {
    const [, height = 0, width = 0, channels = 0] = shape;
    const dx = gpu.make(shape);
    const n = sizeOf(dx);
    const uniforms = { n, pixels: height * width, channels };
    gpu.run(backward, { tensors: { dy, argmax, dx }, uniforms, groups: flatGroups(n) });
    return [dx];
  },
});

const poolKernel = defineKernel<"x", { shape: readonly number[] }>({
  name: "GlassGlobalConcatPool",
  reference({ x }) {
    const [batch = 0, height = 0, width = 0, channels = 0] = x.shape;
    const pixels = height * width;
    const y = new Float32Array(batch * 2 * channels);
    const argmax = new Int32Array(batch * channels);
    argmax.forEach((_, i) => {
      const b = Math.floor(i / channels);
      const c = i % channels;
      let [best, at, sum] = [-Infinity, 0, 0];
      for (let p = 0; p < pixels; p += 1) {
        const v = x.data[(b * pixels + p) * channels + c] as number;
        sum += v;
        if (v > best) [best, at] = [v, p];
      }
      y[b * 2 * channels + c] = best;
      y[(b * 2 + 1) * channels + c] = sum / pixels;
      argmax[i] = at;
    });
    return [
      { data: y, shape: [batch, 2 * channels] },
      { data: argmax, shape: [batch, channels] },
    ];
  },
  gpu({ x }, _, gpu) {
    const [batch = 0, height = 0, width = 0, channels = 0] = x.shape;
    const y = gpu.make([batch, 2 * channels]);
    const argmax = gpu.make([batch, channels], "int32");
    const n = batch * channels;
    const uniforms = { n, pixels: height * width, channels };
    gpu.run(forward, { tensors: { x, y, argmax }, uniforms, groups: flatGroups(n) });
    return [y, argmax];
  },
  gradient: {
    saveInputs: [],
    saveOutputs: [1],
    of: ([dy], [argmax], { shape }) => ({
      x: () => gradientKernel({ dy: dy as Tensor, argmax: argmax as Tensor }, { shape })[0] as Tensor,
    }),
  },
});

/** [B, H, W, C] → [B, 2C]: max over the pixels, then mean; a tie's gradient goes to the first maximum. */
export function globalConcatPool(x: Tensor4D): Tensor2D {
  const [y, argmax] = poolKernel({ x }, { shape: x.shape });
  argmax?.dispose();
  return y as Tensor2D;
}
