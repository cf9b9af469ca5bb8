// The WGSL of grouped convolutions: one thread an element, or four channels of one where the convolution is depthwise.
import { defineProgram, forEachElement, variants } from "../tensor/program";
import { elementOf } from "./relu";

interface Variant {
  readonly lanes: 1 | 4;
}

const geometry = {
  n: "u32",
  batch: "i32",
  height: "i32",
  width: "i32",
  inputs: "i32",
  outputs: "i32",
  kernelHeight: "i32",
  kernelWidth: "i32",
  outHeight: "i32",
  outWidth: "i32",
  stride: "i32",
  pad: "i32",
  /** Input channels, and output channels, of a group. */
  own: "i32",
  each: "i32",
} as const;

/** With four lanes every channel is its own group, so that channels of x, w and y agree. */
const channelOf = ({ lanes }: Variant, o: string, c: string) => (lanes === 4 ? o : `(${o} / u.each * u.own + ${c})`);

export const forward = variants((variant: Variant) => {
  const e = elementOf(variant.lanes);
  return defineProgram({
    name: "GroupedConvolution",
    storage: { x: `read ${e}`, w: `read ${e}`, y: `write ${e}` },
    uniforms: geometry,
    code: forEachElement(`  let o = i32(i) % u.outputs;
  let ox = (i32(i) / u.outputs) % u.outWidth;
  let row = i32(i) / (u.outputs * u.outWidth);
  let oy = row % u.outHeight;
  let b = row / u.outHeight;
  var sum = ${e}(0.0);
  for (var ky = 0; ky < u.kernelHeight; ky++) {
    let iy = oy * u.stride - u.pad + ky;
    if (iy < 0 || iy >= u.height) { continue; }
    for (var kx = 0; kx < u.kernelWidth; kx++) {
      let ix = ox * u.stride - u.pad + kx;
      if (ix < 0 || ix >= u.width) { continue; }
      for (var c = 0; c < u.own; c++) {
        let from_x = ((b * u.height + iy) * u.width + ix) * u.inputs + ${channelOf(variant, "o", "c")};
        sum += x[from_x] * w[((ky * u.kernelWidth + kx) * u.own + c) * u.outputs + o];
      }
    }
  }
  y[i] = sum;`),
  });
});

export const input = variants(({ lanes }: Variant) => {
  const e = elementOf(lanes);
  // The outputs that see this channel: those of its group, or itself alone.
  const [first, count, own] =
    lanes === 4 ? ["channel", "1", "0"] : ["channel / u.own * u.each", "u.each", "channel % u.own"];
  return defineProgram({
    name: "GroupedConvolutionInput",
    storage: { dy: `read ${e}`, w: `read ${e}`, dx: `write ${e}` },
    uniforms: geometry,
    code: forEachElement(`  let channel = i32(i) % u.inputs;
  let ix = (i32(i) / u.inputs) % u.width;
  let row = i32(i) / (u.inputs * u.width);
  let iy = row % u.height;
  let b = row / u.height;
  var sum = ${e}(0.0);
  for (var ky = 0; ky < u.kernelHeight; ky++) {
    let y_place = iy + u.pad - ky;
    let oy = y_place / u.stride;
    if (y_place < 0 || oy * u.stride != y_place || oy >= u.outHeight) { continue; }
    for (var kx = 0; kx < u.kernelWidth; kx++) {
      let x_place = ix + u.pad - kx;
      let ox = x_place / u.stride;
      if (x_place < 0 || ox * u.stride != x_place || ox >= u.outWidth) { continue; }
      for (var k = 0; k < ${count}; k++) {
        let o = ${first} + k;
        let filter_row = (ky * u.kernelWidth + kx) * u.own + ${own};
        sum += dy[((b * u.outHeight + oy) * u.outWidth + ox) * u.outputs + o] * w[filter_row * u.outputs + o];
      }
    }
  }
  dx[i] = sum;`),
  });
});

/** A thread sums one weight over every `parts`-th row of the outputs. */
export const filter = variants((variant: Variant) => {
  const e = elementOf(variant.lanes);
  return defineProgram({
    name: "GroupedConvolutionFilter",
    storage: { x: `read ${e}`, dy: `read ${e}`, dw: `write ${e}` },
    uniforms: { ...geometry, parts: "i32" },
    code: forEachElement(`  let size = u.kernelHeight * u.kernelWidth * u.own * u.outputs;
  let at = i32(i) % size;
  let o = at % u.outputs;
  let c = (at / u.outputs) % u.own;
  let kx = (at / (u.outputs * u.own)) % u.kernelWidth;
  let ky = at / (u.outputs * u.own * u.kernelWidth);
  let channel = ${channelOf(variant, "o", "c")};
  var sum = ${e}(0.0);
  for (var row = i32(i) / size; row < u.batch * u.outHeight; row += u.parts) {
    let b = row / u.outHeight;
    let iy = row % u.outHeight * u.stride - u.pad + ky;
    if (iy < 0 || iy >= u.height) { continue; }
    for (var ox = 0; ox < u.outWidth; ox++) {
      let ix = ox * u.stride - u.pad + kx;
      if (ix < 0 || ix >= u.width) { continue; }
      sum += x[((b * u.height + iy) * u.width + ix) * u.inputs + channel] * dy[(row * u.outWidth + ox) * u.outputs + o];
    }
  }
  dw[i] = sum;`),
  });
});
