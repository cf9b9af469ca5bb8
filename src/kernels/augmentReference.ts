// The definition of `augmentImages` and `augmentMasks`: plain loops over pictures in memory, without tensors.
import { AT, type Padding, type Shared } from "./augmentPlan";
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

/** Halves to even, as the GPU and PyTorch do. */
function roundEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest < 0.5 || (rest === 0.5 && floor % 2 === 0) ? floor : floor + 1;
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

/** Reads channel c of a pixel of the padded source; null where there is nothing. */
function reader(shared: Shared, data: ArrayLike<number>, b: number) {
  const { images, pad } = shared;
  const [, height, width, channels] = images;
  return (x: number, y: number, c: number): number | null => {
    const px = pad === null ? x : wrap(x - pad.columns, width, pad.padding);
    const py = pad === null ? y : wrap(y - pad.rows, height, pad.padding);
    if (px < 0 || py < 0 || px >= width || py >= height) return null;
    return data[((b * height + py) * width + px) * channels + c] as number;
  };
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
  const [batch, height, width, channels] = shared.images;
  const out = new Float32Array(batch * shared.size[0] * shared.size[1] * channels);
  const [tall, wide] = [height + 2 * (shared.pad?.rows ?? 0), width + 2 * (shared.pad?.columns ?? 0)];
  eachPixel(shared, (i, b, m, ox, oy) => {
    const read = reader(shared, data, b);
    const at = gridPixel(shared, numbers, m, ox, oy);
    const [rh, rw] = [numbers[m + AT.reducedHeight] as number, numbers[m + AT.reducedWidth] as number];
    const place = at && sourcePlace(shared, numbers, m, at);
    const px = place ? wrap(place.x, rw, shared.padding) : 0;
    const py = place ? wrap(place.y, rh, shared.padding) : 0;
    const [x0, y0] = [Math.floor(px), Math.floor(py)];
    for (let c = 0; c < channels; c += 1) {
      const pixel = (x: number, y: number): number => {
        if (x < 0 || y < 0 || x >= rw || y >= rh) return 0;
        if (!shared.reduces) return read(x, y, c) ?? 0;
        const [left, right] = [Math.floor((x * wide) / rw), Math.ceil(((x + 1) * wide) / rw)];
        const [top, bottom] = [Math.floor((y * tall) / rh), Math.ceil(((y + 1) * tall) / rh)];
        let sum = 0;
        for (let v = top; v < bottom; v += 1) for (let u = left; u < right; u += 1) sum += read(u, v, c) ?? 0;
        return sum / ((bottom - top) * (right - left));
      };
      const mix = (p: number, q: number, f: number): number => p * (1 - f) + q * f;
      const row = (y: number): number => mix(pixel(x0, y), pixel(x0 + 1, y), px - x0);
      let v = 0;
      if (place) {
        v = mix(row(y0), row(y0 + 1), py - y0) / unit;
        v = lit(v, numbers[m + AT.scale] as number, numbers[m + AT.shift] as number);
        if (c === numbers[m + AT.noiseChannel])
          v = randomUnit(i, 3, numbers[m + AT.seed] as number) * (numbers[m + AT.noiseAmount] as number);
      }
      if (inHole(shared, numbers, m, ox, oy)) v = 0;
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
    const value = x < 0 || y < 0 || x >= rw || y >= rh ? null : reader(shared, data, b)(x, y, 0);
    out[i] = value === null || value === ignored ? empty : value;
  });
  return out;
}
