// Scales pictures with antialiasing: every source pixel counts, as in Pillow's bilinear resize.
import type { Pixels } from "../decode/pixels";

/** Averages blocks of `by` × `by` pixels, the last ones smaller: a quick first step for large reductions. */
export function reduce(pixels: Pixels, by: number): Pixels {
  if (by <= 1) return pixels;
  const { data: from, width: w, height: h, channels } = pixels;
  const width = Math.ceil(w / by);
  const height = Math.ceil(h / by);
  const stride = width * channels;
  const data = new Uint8Array(height * stride);
  const sums = new Uint32Array(stride);
  for (let y = 0; y < height; y += 1) {
    const rows = Math.min(by, h - y * by);
    sums.fill(0);
    for (let row = y * by; row < y * by + rows; row += 1)
      for (let x = 0, at = row * w * channels; x < w; x += 1) {
        const to = Math.trunc(x / by) * channels;
        for (let c = to; c < to + channels; c += 1, at += 1) sums[c] = (sums[c] as number) + (from[at] as number);
      }
    for (let x = 0; x < stride; x += 1) {
      const columns = Math.min(by, w - Math.trunc(x / channels) * by);
      data[y * stride + x] = Math.round((sums[x] as number) / (rows * columns));
    }
  }
  return { ...pixels, width, height, data };
}

interface Taps {
  readonly first: Int32Array;
  readonly count: number;
  /** `count` weights an output, summing to 1. */
  readonly weights: Float32Array;
}

/** Triangle filter of one axis, widened by the scale when shrinking (Pillow's `ImagingResample`). */
function triangle(from: number, to: number, offset: number, length: number): Taps {
  const scale = length / to;
  const support = Math.max(scale, 1);
  const count = Math.min(from, Math.ceil(support) * 2 + 1);
  const first = new Int32Array(to);
  const weights = new Float32Array(to * count);
  for (let i = 0; i < to; i += 1) {
    const centre = offset + (i + 0.5) * scale;
    const begin = Math.min(Math.max(0, Math.round(centre - support)), from - count);
    first[i] = begin;
    let sum = 0;
    for (let k = 0; k < count; k += 1) {
      const weight = Math.max(0, 1 - Math.abs((begin + k + 0.5 - centre) / support));
      weights[i * count + k] = weight;
      sum += weight;
    }
    for (let k = 0; k < count; k += 1) weights[i * count + k] = (weights[i * count + k] as number) / sum;
  }
  return { first, count, weights };
}

/** A window of a picture, in its pixels; may have fractions. */
export interface Window {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Weighted sums along the rows: [h, w, channels] to [h, width, channels]. */
function across({ data, width: w, height: h, channels }: Pixels, width: number, taps: Taps): Float32Array {
  const { first, count, weights } = taps;
  const rows = new Float32Array(h * width * channels);
  for (let y = 0, to = 0; y < h; y += 1)
    for (let x = 0; x < width; x += 1) {
      let at = (y * w + (first[x] as number)) * channels;
      if (channels === 3) {
        // Colour is nearly everything there is: three sums in one walk.
        let [r, g, b] = [0, 0, 0];
        for (let k = x * count; k < (x + 1) * count; k += 1, at += 3) {
          const weight = weights[k] as number;
          r += weight * (data[at] as number);
          g += weight * (data[at + 1] as number);
          b += weight * (data[at + 2] as number);
        }
        rows[to] = r;
        rows[to + 1] = g;
        rows[to + 2] = b;
        to += 3;
        continue;
      }
      for (let c = 0; c < channels; c += 1, at += 1, to += 1) {
        let sum = 0;
        for (let k = 0; k < count; k += 1)
          sum += (weights[x * count + k] as number) * (data[at + k * channels] as number);
        rows[to] = sum;
      }
    }
  return rows;
}

/** Scales a window of the picture (by default all of it) to width × height, bilinear with antialiasing. */
export function resample(pixels: Pixels, width: number, height: number, window?: Window): Pixels {
  const { left, top, ...size } = window ?? { left: 0, top: 0, width: pixels.width, height: pixels.height };
  const whole = left === 0 && top === 0 && size.width === width && size.height === height;
  if (whole && pixels.width === width && pixels.height === height) return pixels;
  const rows = across(pixels, width, triangle(pixels.width, width, left, size.width));
  const down = triangle(pixels.height, height, top, size.height);
  const stride = width * pixels.channels;
  const data = new Uint8Array(height * stride); // [height, width, channels]
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < stride; x += 1) {
      let value = 0;
      let at = (down.first[y] as number) * stride + x;
      for (let k = y * down.count; k < (y + 1) * down.count; k += 1, at += stride)
        value += (down.weights[k] as number) * (rows[at] as number);
      data[y * stride + x] = Math.min(255, Math.round(value));
    }
  return { ...pixels, width, height, data };
}

/** The pixel under the middle of each new one, for values that must not be blended (Pillow's NEAREST). */
function nearest(pixels: Pixels, width: number, height: number, { left, top, ...size }: Window): Pixels {
  const { channels, data: from } = pixels;
  const data = new Uint8Array(height * width * channels);
  for (let y = 0, to = 0; y < height; y += 1) {
    const row = Math.min(pixels.height - 1, Math.floor(top + ((y + 0.5) * size.height) / height));
    for (let x = 0; x < width; x += 1) {
      const column = Math.min(pixels.width - 1, Math.floor(left + ((x + 0.5) * size.width) / width));
      const at = (row * pixels.width + column) * channels;
      for (let c = 0; c < channels; c += 1, to += 1) data[to] = from[at + c] as number;
    }
  }
  return { ...pixels, width, height, data };
}

/** Distance from the target at which averaging whole blocks first no longer shows. */
const GAP = 3;

/**
 * As `resample`, but averages whole blocks first where the window is more than three times as large as the result; ids
 * are never blended.
 */
export function scale(pixels: Pixels, width: number, height: number, window?: Window): Pixels {
  const from = window ?? { left: 0, top: 0, width: pixels.width, height: pixels.height };
  if (pixels.exact === true) return nearest(pixels, width, height, from);
  const by = Math.max(1, Math.trunc(Math.min(from.width / width, from.height / height) / GAP));
  // The last blocks may be smaller, so the window is measured in blocks and not by the reduced picture's size.
  return resample(reduce(pixels, by), width, height, {
    left: from.left / by,
    top: from.top / by,
    width: from.width / by,
    height: from.height / by,
  });
}
