// Numbers an item, for regression.
import { tensorOf } from "../../tensor/writeTensor";
import { asFloats, type TargetBlock } from "./targetBlock";

export const floats: TargetBlock = {
  bytes: ({ vocab }) => 4 * vocab.names.length,
  encode({ targets }, item, into) {
    if (targets.kind === "values") asFloats(into).set(targets.of[item] ?? []);
  },
  tensor: (bytes, { batch }) => tensorOf(asFloats(bytes), [batch, bytes.length / 4 / batch], "float32"), // [B, K]
  outputs: ({ vocab }) => vocab.names.length,
};
