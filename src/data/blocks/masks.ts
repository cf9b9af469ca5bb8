// A class for each pixel; masks turn with their pictures, and no class lies between two.
import { tensorOf } from "../../tensor/writeTensor";
import { NO_CLASS } from "../../spec/packedMask";
import { mirror } from "../transforms/frame";
import type { TargetBlock } from "./targetBlock";

const isIdentity = (m: ArrayLike<number>, at: number): boolean =>
  [1, 0, 0, 0, 1, 0].every((value, i) => m[at + i] === value);

/** Writes one mask, moved as its picture is, as class numbers; −1 where a pixel does not count. */
export function moveMask(
  ids: Uint8Array,
  [height, width]: readonly [number, number],
  m: ArrayLike<number>,
  at: number,
  into: Int32Array,
): void {
  const still = isIdentity(m, at);
  const [a = 1, b = 0, c = 0, d = 0, e = 1, f = 0] = [0, 1, 2, 3, 4, 5].map((i) => m[at + i] as number);
  const [halfX, halfY] = [(width - 1) / 2, (height - 1) / 2];
  for (let row = 0, to = 0; row < height; row += 1)
    for (let column = 0; column < width; column += 1, to += 1) {
      let from = to;
      if (!still) {
        const [x, y] = [halfX > 0 ? column / halfX - 1 : 0, halfY > 0 ? row / halfY - 1 : 0];
        const fromX = mirror(Math.round((a * x + b * y + c + 1) * halfX), width);
        const fromY = mirror(Math.round((d * x + e * y + f + 1) * halfY), height);
        from = fromY * width + fromX;
      }
      const id = ids[from] as number;
      into[to] = id === NO_CLASS ? -1 : id;
    }
}

export const masks: TargetBlock = {
  bytes: (_plan, [height, width]) => height * width,
  encode: null,
  tensor(bytes, { batch, size, matrices }) {
    const pixels = size[0] * size[1];
    const ids = new Int32Array(batch * pixels);
    for (let b = 0; b < batch; b += 1)
      moveMask(bytes.subarray(b * pixels, (b + 1) * pixels), size, matrices, b * 6, ids.subarray(b * pixels));
    return tensorOf(ids, [batch, ...size], "int32"); // [B, H, W]
  },
  outputs: ({ vocab }) => vocab.names.length,
};
