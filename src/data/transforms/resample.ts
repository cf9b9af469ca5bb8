// Scales pictures with antialiasing: every source pixel counts, as in Pillow's bilinear resize.
import type { Pixels } from "../decode/pixels";

/** Averages blocks of `by` × `by` pixels, the last ones smaller: a quick first step for large reductions. */
export function reduce(pixels: Pixels, by: number): Pixels {
  if (by <= 1) return pixels;
  const { data: from, width: w, height: h } = pixels;
  const width = Math.ceil(w / by);
  const height = Math.ceil(h / by);
  const data = new Uint8Array(width * height * 3);
  const sums = new Uint32Array(width * 3);
  for (let y = 0; y < height; y += 1) {
    const rows = Math.min(by, h - y * by);
    sums.fill(0);
    for (let row = y * by; row < y * by + rows; row += 1)
      for (let x = 0, at = row * w * 3; x < w; x += 1, at += 3) {
        const to = Math.trunc(x / by) * 3;
        sums[to] = (sums[to] as number) + (from[at] as number);
        sums[to + 1] = (sums[to + 1] as number) + (from[at + 1] as number);
        sums[to + 2] = (sums[to + 2] as number) + (from[at + 2] as number);
      }
    for (let x = 0; x < width * 3; x += 1) {
      const columns = Math.min(by, w - Math.trunc(x / 3) * by);
      data[y * width * 3 + x] = Math.round((sums[x] as number) / (rows * columns));
    }
  }
  return { width, height, data };
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

/** Scales a window of the picture (by default all of it) to width × height, bilinear with antialiasing. */
export function resample(pixels: Pixels, width: number, height: number, window?: Window): Pixels {
  const { left, top, ...size } = window ?? { left: 0, top: 0, width: pixels.width, height: pixels.height };
  const whole = left === 0 && top === 0 && size.width === width && size.height === height;
  if (whole && pixels.width === width && pixels.height === height) return pixels;
  const across = triangle(pixels.width, width, left, size.width);
  const down = triangle(pixels.height, height, top, size.height);
  const rows = new Float32Array(pixels.height * width * 3); // [h, width, 3]
  for (let y = 0, to = 0; y < pixels.height; y += 1)
    for (let x = 0; x < width; x += 1, to += 3) {
      let at = (y * pixels.width + (across.first[x] as number)) * 3;
      let [r, g, b] = [0, 0, 0];
      for (let k = x * across.count; k < (x + 1) * across.count; k += 1, at += 3) {
        const weight = across.weights[k] as number;
        r += weight * (pixels.data[at] as number);
        g += weight * (pixels.data[at + 1] as number);
        b += weight * (pixels.data[at + 2] as number);
      }
      rows[to] = r;
      rows[to + 1] = g;
      rows[to + 2] = b;
    }
  const stride = width * 3;
  const data = new Uint8Array(height * stride); // [height, width, 3]
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < stride; x += 1) {
      let value = 0;
      let at = (down.first[y] as number) * stride + x;
      for (let k = y * down.count; k < (y + 1) * down.count; k += 1, at += stride)
        value += (down.weights[k] as number) * (rows[at] as number);
      data[y * stride + x] = Math.min(255, Math.round(value));
    }
  return { width, height, data };
}

/** Distance from the target at which averaging whole blocks first no longer shows. */
const GAP = 3;

/** As `resample`, but averages whole blocks first where the window is more than three times as large as the result. */
export function scale(pixels: Pixels, width: number, height: number, window?: Window): Pixels {
  const from = window ?? { left: 0, top: 0, width: pixels.width, height: pixels.height };
  const by = Math.max(1, Math.trunc(Math.min(from.width / width, from.height / height) / GAP));
  // The last blocks may be smaller, so the window is measured in blocks and not by the reduced picture's size.
  return resample(reduce(pixels, by), width, height, {
    left: from.left / by,
    top: from.top / by,
    width: from.width / by,
    height: from.height / by,
  });
}
