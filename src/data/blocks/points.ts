// Points on a picture, (y, x) from −1 to 1 as fastai scales them; they move with the picture.
import { FRAME_NUMBERS } from "../../spec/fileFrame";
import { tensorOf } from "../../tensor/writeTensor";
import { movePoints, type Draw } from "../augment/draw";
import { asFloats, type TargetBlock } from "./targetBlock";

/** Behind the points lies what the picture shows of its file. */
const FRAME = FRAME_NUMBERS;

export const points: TargetBlock = {
  bytes: ({ vocab }) => 4 * (2 * vocab.names.length + FRAME),
  encode: null,
  tensor(bytes, { batch, draws }) {
    const all = asFloats(bytes);
    const width = all.length / batch;
    const values = new Float32Array(batch * (width - FRAME));
    for (let b = 0; b < batch; b += 1) {
      const own = all.slice(b * width, (b + 1) * width - FRAME);
      movePoints(draws[b] as Draw, own);
      values.set(own, b * own.length);
    }
    return tensorOf(values, [batch, (width - FRAME) / 2, 2], "float32"); // [B, P, 2]
  },
  outputs: ({ vocab }) => 2 * vocab.names.length,
};
