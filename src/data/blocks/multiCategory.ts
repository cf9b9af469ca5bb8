// Several labels an item: a row of zeros and ones.
import { tensorOf } from "../../tensor/writeTensor";
import { asFloats, type TargetBlock } from "./targetBlock";

export const multiCategory: TargetBlock = {
  bytes: ({ vocab }) => 4 * vocab.names.length,
  encode({ labels, vocab }, item, into) {
    const row = asFloats(into);
    for (const label of labels[item] ?? []) {
      const number = vocab.indexOf(label);
      if (number >= 0) row[number] = 1;
    }
  },
  tensor: (bytes, { batch }) => tensorOf(asFloats(bytes), [batch, bytes.length / 4 / batch], "float32"), // [B, classes]
  outputs: ({ vocab }) => vocab.names.length,
};
