// The eight ways a camera may have held: each is undone for points and masks as Pillow's exif_transpose undoes it.
import { describe, expect, it } from "vitest";
import { inFile } from "../../spec/fileFrame";
import { frameNumbers, framePoints } from "../transforms/frame";
import { backFrom, storedFrame, turnBytes, turnPoints, turnedSize } from "./turn";

/** The stored picture, 3 × 2; letters by row. */
const STORED = "abcdef";
const SIZE = { width: 3, height: 2 };

// What PIL.ImageOps.exif_transpose makes of it, row by row.
const UPRIGHT = ["abc/def", "cba/fed", "fed/cba", "def/abc", "ad/be/cf", "da/eb/fc", "fc/eb/da", "cf/be/ad"];

describe.each(UPRIGHT.map((rows, i) => [i + 1, rows] as const))("EXIF orientation %i", (orientation, rows) => {
  const upright = rows.replaceAll("/", "");
  const { width } = turnedSize(SIZE, orientation);

  it("turns masks upright", () => {
    const turned = turnBytes(
      Uint8Array.from(STORED, (letter) => letter.charCodeAt(0)),
      SIZE,
      orientation,
    );
    expect(String.fromCharCode(...turned)).toBe(upright);
    expect(width).toBe(rows.indexOf("/"));
  });

  it("is undone for masks and for what a picture shows", () => {
    const size = turnedSize(SIZE, orientation);
    const there = turnBytes(
      Uint8Array.from(STORED, (letter) => letter.charCodeAt(0)),
      SIZE,
      orientation,
    );
    expect(String.fromCharCode(...turnBytes(there, size, backFrom(orientation)))).toBe(STORED);
    // A model that sees the upright picture but for its left third and upper tenth, with a rim below.
    const frame = { top: 0.1 * size.height, left: size.width / 3, height: size.height, width: (2 * size.width) / 3 };
    const numbers = frameNumbers(storedFrame(frame, size, orientation));
    const points = Float32Array.of(0.5, 1, 1.5, 2.5);
    const seen = framePoints(turnPoints(points, SIZE, orientation), frame);
    for (const [i, value] of inFile(seen, numbers).entries()) expect(value).toBeCloseTo(points[i] ?? NaN, 5);
  });

  it("takes points along with their pixel", () => {
    for (const [i, letter] of [...STORED].entries()) {
      // The middle of the pixel, so that the edge is where the pixels end.
      const middle = Float32Array.of(Math.floor(i / 3) + 0.5, (i % 3) + 0.5);
      const [y = 0, x = 0] = turnPoints(middle, SIZE, orientation);
      expect(upright[Math.floor(y) * width + Math.floor(x)]).toBe(letter);
    }
  });
});
