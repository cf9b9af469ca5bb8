// A class for each pixel; masks move with their pictures, and no class lies between two.
import { augmentMasks, uploadImages } from "../../kernels/augmentImages";
import { NO_CLASS } from "../../spec/packedMask";
import { pictureMap, plainDraw, sharedSizes } from "../augment/draw";
import type { TargetBlock } from "./targetBlock";

export const masks: TargetBlock = {
  bytes: (_plan, [height, width]) => height * width,
  encode: null,
  tensor(bytes, { batch, shape, draws }) {
    const packed = uploadImages(bytes, [batch, shape[0], shape[1], 1]);
    const sizes = sharedSizes(draws[0] ?? plainDraw(shape));
    const ids = augmentMasks(packed, { ...sizes, maps: draws.map(pictureMap), ignored: NO_CLASS });
    packed.dispose();
    return ids; // [B, h, w]
  },
  outputs: ({ vocab }) => vocab.names.length,
};
