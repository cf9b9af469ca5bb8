// Stored samples of any depth and number of channels, and what they are as pixels.
import { Damaged } from "../../formats/bytes/byteReader";
import type { PngSamples } from "../../formats/png/decodePng";
import type { Wanted } from "./decoder";
import type { Pixels } from "./pixels";

export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** [height, width, channels] */
  readonly samples: ArrayLike<number>;
  /** The value of full brightness; null where the samples say nothing about it. */
  readonly full: number | null;
}

/** A PNG's samples with its palette put in: RGB, or RGBA where the palette has transparent colours. */
export function pngRaster(png: PngSamples): Raster {
  const { width, height, bitDepth, samples, palette, transparency } = png;
  if (palette === null || png.colorType !== 3) {
    return { width, height, channels: png.channels, samples, full: 2 ** bitDepth - 1 };
  }
  const channels = transparency === null ? 3 : 4;
  const out = new Uint8Array(samples.length * channels);
  for (let i = 0; i < samples.length; i += 1) {
    const index = samples[i] as number;
    for (let c = 0; c < 3; c += 1) out[i * channels + c] = palette[index * 3 + c] ?? 0;
    if (transparency !== null) out[i * channels + 3] = transparency[index] ?? 255;
  }
  return { width, height, channels, samples: out, full: 255 };
}

/** Black and white in the samples' own numbers; for floats and signed numbers the picture's own extremes. */
function levels({ samples, full }: Raster): { readonly range: readonly [number, number]; readonly own: boolean } {
  if (full !== null) return { range: [0, full], own: false };
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < samples.length; i += 1) {
    const value = samples[i] as number;
    if (value < low && value > Number.NEGATIVE_INFINITY) low = value;
    if (value > high && value < Number.POSITIVE_INFINITY) high = value;
  }
  if (low > high) return { range: [0, 1], own: false };
  if (low >= 0 && high <= 1) return { range: [0, 1], own: false };
  return { range: [low, high], own: true };
}

/** Pillow's "L": ITU-R 601-2 luma in 16-bit fixed point. */
export function luma(r: number, g: number, b: number): number {
  return (r * 19595 + g * 38470 + b * 7471 + 0x8000) >> 16;
}

/** Whether some sample is NaN or infinite. */
export function hasOdd({ samples, full }: Raster): boolean {
  if (full !== null) return false;
  for (let i = 0; i < samples.length; i += 1) if (!Number.isFinite(samples[i])) return true;
  return false;
}

/** Pixels of a raster; `stretched` where black and white are the picture's own extremes. */
export function rasterPixels(
  raster: Raster,
  wanted: Exclude<Wanted, "ids">,
  given: readonly [number, number] | null,
): { readonly pixels: Pixels; readonly stretched: boolean } {
  const { width, height, channels: stored, samples } = raster;
  const { range, own } = given === null ? levels(raster) : { range: given, own: false };
  const [low, high] = range;
  const factor = high > low ? 255 / (high - low) : 0;
  const level = (i: number): number => {
    const value = ((samples[i] as number) - low) * factor;
    return value > 0 ? Math.min(255, Math.round(value)) : 0;
  };
  const channels = wanted === "bands" ? stored : wanted === "grey" ? 1 : 3;
  const data = new Uint8Array(width * height * channels);
  const coloured = stored >= 3;
  for (let i = 0, from = 0, to = 0; i < width * height; i += 1, from += stored, to += channels) {
    if (wanted === "bands") for (let c = 0; c < stored; c += 1) data[to + c] = level(from + c);
    else {
      const r = level(from);
      const [g, b] = coloured ? [level(from + 1), level(from + 2)] : [r, r];
      data[to] = wanted === "grey" ? luma(r, g, b) : r;
      if (wanted === "rgb") {
        data[to + 1] = g;
        data[to + 2] = b;
      }
    }
  }
  return { pixels: { width, height, channels, data }, stretched: own };
}

/** Ids of a mask, one a pixel; throws Damaged where the samples are colours or do not fit into a byte. */
export function rasterIds({ width, height, channels, samples }: Raster): Pixels {
  const data = new Uint8Array(width * height);
  for (let i = 0; i < data.length; i += 1) {
    const id = samples[i * channels] as number;
    if (!Number.isInteger(id) || id < 0 || id > 255)
      throw new Damaged(`it holds the value ${id}; ids go from 0 to 255`);
    if (channels >= 3 && (samples[i * channels + 1] !== id || samples[i * channels + 2] !== id))
      throw new Damaged("it is painted in colours, not in numbers");
    data[i] = id;
  }
  return { width, height, channels: 1, exact: true, data };
}
