// Points on a picture, (y, x) from −1 to 1 as fastai scales them; they move with the picture.
import { tensorOf } from "../../tensor/writeTensor";
import { asFloats, type TargetBlock } from "./targetBlock";

/** Behind the points lie height and width of what the picture shows, in pixels of its file. */
export const EXTENT = 2;

/** Where a point of the picture lies in the result: the inverse of the map from result to picture. */
export function movePoint(y: number, x: number, m: ArrayLike<number>, at = 0): [number, number] {
  const [a = 1, b = 0, c = 0, d = 0, e = 1, f = 0] = [0, 1, 2, 3, 4, 5].map((i) => m[at + i] as number);
  const determinant = a * e - b * d;
  const [dx, dy] = [x - c, y - f];
  return [(a * dy - d * dx) / determinant, (e * dx - b * dy) / determinant];
}

export const points: TargetBlock = {
  bytes: ({ vocab }) => 4 * (2 * vocab.names.length + EXTENT),
  encode: null,
  tensor(bytes, { batch, matrices }) {
    const all = asFloats(bytes);
    const width = all.length / batch;
    const count = (width - EXTENT) / 2;
    const values = new Float32Array(batch * count * 2);
    for (let b = 0; b < batch; b += 1)
      for (let p = 0; p < count; p += 1) {
        const from = b * width + 2 * p;
        const moved = movePoint(all[from] as number, all[from + 1] as number, matrices, b * 6);
        values.set(moved, (b * count + p) * 2);
      }
    return tensorOf(values, [batch, count, 2], "float32"); // [B, P, 2]
  },
  outputs: ({ vocab }) => 2 * vocab.names.length,
};
