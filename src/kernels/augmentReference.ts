// The definition of `augmentImages` and `augmentMasks`: plain loops over pictures in memory, without tensors.
import { roundEven } from "../base/roundEven";
import { AT, type Padding, type Shared, type Size } from "./augmentPlan";
import { randomUnit } from "../tensor/random";

/** A coordinate brought back into [0, size − 1]; with zeros, to just outside of it. */
export function wrap(p: number, size: number, padding: Padding): number {
  const span = size - 1;
  if (padding === "zeros") return Math.min(Math.max(p, -2), size + 1);
  if (padding === "border") return Math.min(Math.max(p, 0), span);
  const q = Math.abs(p);
  if (q <= span || span <= 0) return Math.min(q, span);
  const flips = Math.floor(q / span);
  const extra = Math.min(Math.max(q - flips * span, 0), span);
  return flips % 2 === 1 ? span - extra : extra;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Pixel i of the result in the grid, or null beyond a grid that is filled with zeros. */
function gridPixel(shared: Shared, numbers: Float32Array, m: number, ox: number, oy: number): Place | null {
  const { grid, gridPadding } = shared;
  const x = ox + (numbers[m + AT.offsetX] as number);
  const y = oy + (numbers[m + AT.offsetY] as number);
  if (gridPadding === null) return { x, y };
  if (gridPadding === "zeros") return x < 0 || y < 0 || x >= grid[1] || y >= grid[0] ? null : { x, y };
  return { x: wrap(x, grid[1], gridPadding), y: wrap(y, grid[0], gridPadding) };
}

function mapped(numbers: Float32Array, m: number, { x, y }: Place): Place {
  const dot = (row: number): number =>
    (numbers[m + row] as number) * x + (numbers[m + row + 1] as number) * y + (numbers[m + row + 2] as number);
  return { x: dot(0) / dot(6), y: dot(3) / dot(6) };
}

/** Where a pixel of the grid is read in the (padded, reduced) source. */
function sourcePlace(shared: Shared, numbers: Float32Array, m: number, at: Place): Place {
  const first = mapped(numbers, m + AT.toGrid, at);
  if (!shared.jitters) return first;
  const index = at.y * shared.grid[1] + at.x;
  const seed = numbers[m + AT.seed] as number;
  const jitter = numbers[m + AT.jitter] as number;
  const noise = (stream: number): number => (randomUnit(index, stream, seed) * 2 - 1) * jitter;
  return mapped(numbers, m + AT.toSource, { x: first.x + noise(1), y: first.y + noise(2) });
}

/** First value of a pixel of the padded source, or −1 where there is nothing. */
function pixelIndex({ images, pad }: Shared, b: number, x: number, y: number): number {
  const [, height, width, channels] = images;
  const px = pad === null ? x : wrap(x - pad.columns, width, pad.padding);
  const py = pad === null ? y : wrap(y - pad.rows, height, pad.padding);
  if (px < 0 || py < 0 || px >= width || py >= height) return -1;
  return ((b * height + py) * width + px) * channels;
}

/** Values that are read for one pixel, and how much each counts. */
interface Taps {
  readonly at: number[];
  readonly weights: number[];
}

/** Adds a pixel of the reduced source: itself, or all those that it is the mean of. */
function addTap(shared: Shared, b: number, x: number, y: number, [rh, rw]: Size, weight: number, taps: Taps): void {
  if (weight === 0 || x < 0 || y < 0 || x >= rw || y >= rh) return;
  const add = (u: number, v: number, share: number): void => {
    const at = pixelIndex(shared, b, u, v);
    if (at < 0) return;
    taps.at.push(at);
    taps.weights.push(share);
  };
  if (!shared.reduces) return add(x, y, weight);
  const { images, pad } = shared;
  const [tall, wide] = [images[1] + 2 * (pad?.rows ?? 0), images[2] + 2 * (pad?.columns ?? 0)];
  const [left, right] = [Math.floor((x * wide) / rw), Math.ceil(((x + 1) * wide) / rw)];
  const [top, bottom] = [Math.floor((y * tall) / rh), Math.ceil(((y + 1) * tall) / rh)];
  for (let v = top; v < bottom; v += 1)
    for (let u = left; u < right; u += 1) add(u, v, weight / ((bottom - top) * (right - left)));
}

interface Pictures {
  readonly data: ArrayLike<number>;
  readonly numbers: Float32Array;
  readonly shared: Shared;
}

/** Calls back for every pixel of the result with its picture's numbers. */
function eachPixel(shared: Shared, act: (i: number, b: number, m: number, x: number, y: number) => void): void {
  const [height, width] = shared.size;
  const each = AT.holes + 4 * shared.holes;
  for (let i = 0; i < shared.images[0] * height * width; i += 1) {
    const b = Math.floor(i / (height * width));
    act(i, b, b * each, i % width, Math.floor(i / width) % height);
  }
}

function inHole(shared: Shared, numbers: Float32Array, m: number, x: number, y: number): boolean {
  for (let k = 0; k < shared.holes; k += 1) {
    const [top = 0, bottom = 0, left = 0, right = 0] = numbers.subarray(m + AT.holes + 4 * k, m + AT.holes + 4 * k + 4);
    if (y >= top && y < bottom && x >= left && x < right) return true;
  }
  return false;
}

function lit(v: number, scale: number, shift: number): number {
  if (scale === 1 && shift === 0) return v;
  const c = Math.min(Math.max(v, 1e-7), 1 - 1e-7);
  return 1 / (1 + Math.exp(scale * Math.log(1 / c - 1) - shift));
}

/** [B, h, w, C] of values that are `unit` at full light; normalised. */
export function referenceImages(
  { data, numbers, shared }: Pictures,
  { mean, std, unit }: { readonly mean: readonly number[]; readonly std: readonly number[]; readonly unit: number },
): Float32Array {
  const [batch, , , channels] = shared.images;
  const out = new Float32Array(batch * shared.size[0] * shared.size[1] * channels);
  const taps: Taps = { at: [], weights: [] };
  eachPixel(shared, (i, b, m, ox, oy) => {
    const at = gridPixel(shared, numbers, m, ox, oy);
    taps.at.length = 0;
    taps.weights.length = 0;
    if (at) {
      const place = sourcePlace(shared, numbers, m, at);
      const reduced: Size = [numbers[m + AT.reducedHeight] as number, numbers[m + AT.reducedWidth] as number];
      const px = wrap(place.x, reduced[1], shared.padding);
      const py = wrap(place.y, reduced[0], shared.padding);
      const [x0, y0] = [Math.floor(px), Math.floor(py)];
      const [fx, fy] = [px - x0, py - y0];
      addTap(shared, b, x0, y0, reduced, (1 - fx) * (1 - fy), taps);
      addTap(shared, b, x0 + 1, y0, reduced, fx * (1 - fy), taps);
      addTap(shared, b, x0, y0 + 1, reduced, (1 - fx) * fy, taps);
      addTap(shared, b, x0 + 1, y0 + 1, reduced, fx * fy, taps);
    }
    const blank = at === null || inHole(shared, numbers, m, ox, oy);
    for (let c = 0; c < channels; c += 1) {
      let v = 0;
      if (!blank) {
        for (let k = 0; k < taps.at.length; k += 1)
          v += (taps.weights[k] as number) * (data[(taps.at[k] as number) + c] as number);
        v = lit(v / unit, numbers[m + AT.scale] as number, numbers[m + AT.shift] as number);
        if (c === numbers[m + AT.noiseChannel])
          v = randomUnit(i, 3, numbers[m + AT.seed] as number) * (numbers[m + AT.noiseAmount] as number);
      }
      out[channels * i + c] = (v - (mean[c] as number)) / (std[c] as number);
    }
  });
  return out;
}

/** [B, h, w] of class ids, each the nearest pixel's; `empty` where there is none, or an ignored one. */
export function referenceMasks({ data, numbers, shared }: Pictures, empty: number, ignored = -1): Int32Array {
  const [batch] = shared.images;
  const out = new Int32Array(batch * shared.size[0] * shared.size[1]);
  eachPixel(shared, (i, b, m, ox, oy) => {
    const at = gridPixel(shared, numbers, m, ox, oy);
    const place = at && sourcePlace(shared, numbers, m, at);
    const [rh, rw] = [numbers[m + AT.reducedHeight] as number, numbers[m + AT.reducedWidth] as number];
    const x = place ? roundEven(wrap(place.x, rw, shared.padding)) : -1;
    const y = place ? roundEven(wrap(place.y, rh, shared.padding)) : -1;
    const index = x < 0 || y < 0 || x >= rw || y >= rh ? -1 : pixelIndex(shared, b, x, y);
    const value = index < 0 ? empty : (data[index] as number);
    out[i] = value === ignored ? empty : value;
  });
  return out;
}
