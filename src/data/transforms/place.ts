// Puts a picture into a rectangle: what is too large is cut, what is missing is filled up.
import { NO_CLASS } from "../../spec/packedMask";
import type { Pixels } from "../decode/pixels";
import { mirror, type Size } from "./frame";

/** Where the rectangle begins in the picture, in whole pixels; it may lie beyond it. */
export interface Corner {
  readonly left: number;
  readonly top: number;
}

/** The part of `size` at a corner; beyond the picture: its mirror image, its edge, or black (of a mask: no class). */
export function place(pixels: Pixels, size: Size, { left, top }: Corner, edge: string): Pixels {
  const { width, height, channels, exact = false } = pixels;
  if (left === 0 && top === 0 && width === size.width && height === size.height) return pixels;
  // Beside a mask there is no class, not the first one.
  const data = new Uint8Array(size.width * size.height * channels).fill(exact ? NO_CLASS : 0);
  const within = (i: number, n: number): number => (edge === "border" ? Math.min(Math.max(i, 0), n - 1) : mirror(i, n));
  for (let y = 0; y < size.height; y += 1)
    for (let x = 0; x < size.width; x += 1) {
      const [fromX, fromY] = [x + left, y + top];
      const outside = fromX < 0 || fromX >= width || fromY < 0 || fromY >= height;
      if (outside && edge === "black") continue;
      const from = (within(fromY, height) * width + within(fromX, width)) * channels;
      data.set(pixels.data.subarray(from, from + channels), (y * size.width + x) * channels);
    }
  return { ...pixels, ...size, data };
}
