// fastai's resize: every pixel is sampled once on a grid whose corners are the corners' pixel centres.
import { roundEven } from "../../base/roundEven";
import type { Pixels } from "../decode/pixels";

/** Means over rectangles that cover the picture (PyTorch's area interpolation). */
function areaMeans({ data, width: w, height: h, channels }: Pixels, width: number, height: number): Float32Array {
  const out = new Float32Array(width * height * channels);
  for (let y = 0; y < height; y += 1) {
    const [top, bottom] = [Math.floor((y * h) / height), Math.ceil(((y + 1) * h) / height)];
    for (let x = 0; x < width; x += 1) {
      const [left, right] = [Math.floor((x * w) / width), Math.ceil(((x + 1) * w) / width)];
      const at = (y * width + x) * channels;
      for (let v = top; v < bottom; v += 1)
        for (let u = left; u < right; u += 1)
          for (let c = 0; c < channels; c += 1)
            out[at + c] = (out[at + c] as number) + (data[(v * w + u) * channels + c] as number);
      const count = (bottom - top) * (right - left);
      for (let c = 0; c < channels; c += 1) out[at + c] = (out[at + c] as number) / count;
    }
  }
  return out;
}

/** Where each of n grid points lies among `from` pixels. */
function places(from: number, n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => (n === 1 ? 0 : (i * (from - 1)) / (n - 1)));
}

function nearest(pixels: Pixels, width: number, height: number): Pixels {
  const { channels, data: from } = pixels;
  const columns = places(pixels.width, width).map(roundEven);
  const data = new Uint8Array(width * height * channels);
  for (const [y, row] of places(pixels.height, height).map(roundEven).entries())
    for (let x = 0; x < width; x += 1) {
      const at = (row * pixels.width + (columns[x] as number)) * channels;
      data.set(from.subarray(at, at + channels), (y * width + x) * channels);
    }
  return { ...pixels, width, height, data };
}

/** To width × height; ids take the nearest pixel, colours are blended, and averaged first when shrinking by more than 2. */
export function gridResize(pixels: Pixels, width: number, height: number): Pixels {
  if (pixels.width === width && pixels.height === height) return pixels;
  if (pixels.exact === true) return nearest(pixels, width, height);
  const { channels } = pixels;
  const d = Math.min(pixels.height / height, pixels.width / width) / 2;
  const [w, h] = d > 1 ? [Math.floor(pixels.width * (1 / d)), Math.floor(pixels.height * (1 / d))] : [pixels.width, pixels.height]; // prettier-ignore
  const from = d > 1 ? areaMeans(pixels, w, h) : pixels.data;
  const [columns, rows] = [places(w, width), places(h, height)];
  const data = new Uint8Array(width * height * channels);
  for (let y = 0; y < height; y += 1) {
    const row = rows[y] as number;
    const y0 = Math.floor(row);
    const [fy, y1] = [row - y0, Math.min(y0 + 1, h - 1)];
    for (let x = 0; x < width; x += 1) {
      const column = columns[x] as number;
      const x0 = Math.floor(column);
      const [fx, x1] = [column - x0, Math.min(x0 + 1, w - 1)];
      for (let c = 0; c < channels; c += 1) {
        const at = (v: number, u: number): number => from[(v * w + u) * channels + c] as number;
        const top = at(y0, x0) * (1 - fx) + at(y0, x1) * fx;
        const bottom = at(y1, x0) * (1 - fx) + at(y1, x1) * fx;
        data[(y * width + x) * channels + c] = Math.round(top * (1 - fy) + bottom * fy);
      }
    }
  }
  return { ...pixels, width, height, data };
}
