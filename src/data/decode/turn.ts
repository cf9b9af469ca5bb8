// From the picture as its file stores it to the upright one, by its EXIF orientation: points, and masks.
import type { FileFrame, Frame, Size } from "../transforms/frame";

/** Mirrored from side to side, from top to bottom, then rows and columns exchanged; by orientation from 1. */
const TURNS: readonly (readonly [across: boolean, down: boolean, swap: boolean])[] = [
  [false, false, false],
  [true, false, false],
  [true, true, false],
  [false, true, false],
  [false, false, true],
  [false, true, true],
  [true, true, true],
  [true, false, true],
];

const turnOf = (orientation: number): readonly [boolean, boolean, boolean] => TURNS[orientation - 1] ?? [false, false, false]; // prettier-ignore

/** The orientation that undoes this one: quarter turns undo each other, all else itself. */
export const backFrom = (orientation: number): number => (orientation === 6 ? 8 : orientation === 8 ? 6 : orientation);

/** A window of the upright picture of this size as it lies in the stored one. */
export function storedFrame({ top, left, height, width }: Frame, size: Size, orientation: number): FileFrame {
  const corners = Float32Array.of(top, left, top + height, left + width);
  const [y = 0, x = 0, below = 0, right = 0] = turnPoints(corners, size, backFrom(orientation));
  return { top: y, left: x, height: below - y, width: right - x, turned: orientation >= 5 };
}

/** Width and height after the turn; the same turn leads back from there. */
export function turnedSize({ width, height }: Size, orientation: number): Size {
  return orientation >= 5 ? { width: height, height: width } : { width, height };
}

/** (y, x) in pixels of the stored picture of this size, as they lie on the upright one. */
export function turnPoints(points: Float32Array, { width, height }: Size, orientation: number): Float32Array {
  const [across, down, swap] = turnOf(orientation);
  return points.map((value, i) => {
    const own = (at: number, which: number): number => (which === 0 ? (down ? height - at : at) : across ? width - at : at); // prettier-ignore
    // Where the axes are exchanged, y comes from x.
    return swap ? own(points[i ^ 1] as number, 1 - (i % 2)) : own(value, i % 2);
  });
}

/** One byte a pixel of the stored picture of this size, as the upright one. */
export function turnBytes(
  bytes: Uint8Array<ArrayBuffer>,
  { width, height }: Size,
  orientation: number,
): Uint8Array<ArrayBuffer> {
  const [across, down, swap] = turnOf(orientation);
  const out = new Uint8Array(bytes.length);
  for (let y = 0, from = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1, from += 1) {
      const [row, column] = [down ? height - 1 - y : y, across ? width - 1 - x : x];
      out[swap ? column * height + row : row * width + column] = bytes[from] as number;
    }
  return out;
}
