// fastai's AdaptiveConcatPool2d to g×g: [B, H, W, C] → [B, 2·C·g²], flattened as PyTorch does; what lies where is kept.
import type { Tensor, Tensor2D, Tensor4D } from "@tensorflow/tfjs-core";
import { defineKernel, sizeOf } from "../tensor/kernel";
import { defineProgram, flatGroups, forEachElement } from "../tensor/program";

const uniforms = { n: "u32", height: "u32", width: "u32", channels: "u32", grid: "u32" } as const;

// PyTorch's adaptive windows: cell k of g covers ⌊kN/g⌋ to ⌈(k+1)N/g⌉, so that windows may share a row.
const forward = defineProgram({
  name: "GridConcatPool",
  storage: { x: "read f32", y: "write f32", argmax: "write i32" },
  uniforms,
  code: forEachElement(`  let cells = u.grid * u.grid;
  let cell = i % cells;
  let c = (i / cells) % u.channels;
  let b = i / (cells * u.channels);
  let row = cell / u.grid;
  let column = cell % u.grid;
  let top = row * u.height / u.grid;
  let bottom = ((row + 1u) * u.height + u.grid - 1u) / u.grid;
  let left = column * u.width / u.grid;
  let right = ((column + 1u) * u.width + u.grid - 1u) / u.grid;
  var at = top * u.width + left;
  var best = x[(b * u.height * u.width + at) * u.channels + c];
  var sum = 0.0;
  for (var h = top; h < bottom; h++) {
    for (var w = left; w < right; w++) {
      let v = x[((b * u.height + h) * u.width + w) * u.channels + c];
      sum += v;
      if (v > best) { best = v; at = h * u.width + w; }
    }
  }
  let own = b * 2u * u.channels * cells + c * cells + cell;
  y[own] = best;
  y[own + u.channels * cells] = sum / f32((bottom - top) * (right - left));
  argmax[i] = i32(at);`),
});

const backward = defineProgram({
  name: "GridConcatPoolGradient",
  storage: { dy: "read f32", argmax: "read i32", dx: "write f32" },
  uniforms,
  code: forEachElement(`  let c = i % u.channels;
  let w = (i / u.channels) % u.width;
  let h = (i / (u.channels * u.width)) % u.height;
  let b = i / (u.channels * u.width * u.height);
  let cells = u.grid * u.grid;
  let place = i32(h * u.width + w);
  var sum = 0.0;
  for (var row = h * u.grid / u.height; row < u.grid; row++) {
    let top = row * u.height / u.grid;
    let bottom = ((row + 1u) * u.height + u.grid - 1u) / u.grid;
    if (top > h) { break; }
    for (var column = w * u.grid / u.width; column < u.grid; column++) {
      let left = column * u.width / u.grid;
      let right = ((column + 1u) * u.width + u.grid - 1u) / u.grid;
      if (left > w) { break; }
      if (h >= bottom || w >= right) { continue; }
      let cell = row * u.grid + column;
      let own = b * 2u * u.channels * cells + c * cells + cell;
      if (argmax[(b * u.channels + c) * cells + cell] == place) { sum += dy[own]; }
      sum += dy[own + u.channels * cells] / f32((bottom - top) * (right - left));
    }
  }
  dx[i] = sum;`),
});

interface Attrs {
  readonly shape: readonly number[];
  readonly grid: number;
}

/** Rows or columns of a cell, from and to. */
const windowOf = (k: number, size: number, grid: number): readonly [number, number] => [
  Math.floor((k * size) / grid),
  Math.ceil(((k + 1) * size) / grid),
];

/** Calls `visit` for every cell of every channel with its place in the result and the pixels that it covers. */
function eachCell(
  { shape, grid }: Attrs,
  visit: (i: number, own: number, pixels: readonly number[], at: (p: number) => number) => void,
) {
  const [batch = 0, height = 0, width = 0, channels = 0] = shape;
  const cells = grid * grid;
  for (let i = 0; i < batch * channels * cells; i += 1) {
    const [cell, c, b] = [i % cells, Math.floor(i / cells) % channels, Math.floor(i / (cells * channels))];
    const [top, bottom] = windowOf(Math.floor(cell / grid), height, grid);
    const [left, right] = windowOf(cell % grid, width, grid);
    const pixels: number[] = [];
    for (let h = top; h < bottom; h += 1) for (let w = left; w < right; w += 1) pixels.push(h * width + w);
    visit(i, b * 2 * channels * cells + c * cells + cell, pixels, (p) => (b * height * width + p) * channels + c);
  }
}

const gradientKernel = defineKernel<"dy" | "argmax", Attrs>({
  name: "GlassGridConcatPoolGradient",
  reference({ dy, argmax }, attrs) {
    const [batch = 0, height = 0, width = 0, channels = 0] = attrs.shape;
    const data = new Float32Array(batch * height * width * channels);
    eachCell(attrs, (i, own, pixels, at) => {
      const mean = (dy.data[own + channels * attrs.grid ** 2] as number) / pixels.length;
      for (const p of pixels) data[at(p)] = (data[at(p)] as number) + mean;
      const highest = at(argmax.data[i] as number);
      data[highest] = (data[highest] as number) + (dy.data[own] as number);
    });
    return [{ data, shape: attrs.shape }];
  },
  gpu({ dy, argmax }, { shape, grid }, gpu) {
    const [, height = 0, width = 0, channels = 0] = shape;
    const dx = gpu.make(shape);
    const n = sizeOf(dx);
    gpu.run(backward, {
      tensors: { dy, argmax, dx },
      uniforms: { n, height, width, channels, grid },
      groups: flatGroups(n),
    });
    return [dx];
  },
});

const poolKernel = defineKernel<"x", Attrs>({
  name: "GlassGridConcatPool",
  reference({ x }, attrs) {
    const [batch = 0, , , channels = 0] = attrs.shape;
    const cells = attrs.grid ** 2;
    const y = new Float32Array(batch * 2 * channels * cells);
    const argmax = new Int32Array(batch * channels * cells);
    eachCell(attrs, (i, own, pixels, at) => {
      const value = (p: number): number => x.data[at(p)] as number;
      const best = pixels.reduce((found, p) => (value(p) > value(found) ? p : found));
      y[own] = value(best);
      y[own + channels * cells] = pixels.reduce((sum, p) => sum + value(p), 0) / pixels.length;
      argmax[i] = best;
    });
    return [
      { data: y, shape: [batch, 2 * channels * cells] },
      { data: argmax, shape: [batch, channels * cells] },
    ];
  },
  gpu({ x }, { shape, grid }, gpu) {
    const [batch = 0, height = 0, width = 0, channels = 0] = shape;
    const y = gpu.make([batch, 2 * channels * grid * grid]);
    const argmax = gpu.make([batch, channels * grid * grid], "int32");
    const n = batch * channels * grid * grid;
    gpu.run(forward, {
      tensors: { x, y, argmax },
      uniforms: { n, height, width, channels, grid },
      groups: flatGroups(n),
    });
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

/** [B, H, W, C] → [B, 2·C·g²]: the maximum of every cell, channel by channel, then the means; a tie's gradient goes to the first. */
export function gridConcatPool(x: Tensor4D, grid: number): Tensor2D {
  const [y, argmax] = poolKernel({ x }, { shape: x.shape, grid });
  argmax?.dispose();
  return y as Tensor2D;
}
