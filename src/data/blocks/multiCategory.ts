// Several labels an item: a row of zeros and ones.
import { tensorOf } from "../../tensor/writeTensor";
import type { TargetBlock } from "./targetBlock";

export const multiCategory: TargetBlock = {
  width: (vocab) => vocab.names.length,
  encode(labels, vocab, into, at) {
    for (const label of labels) {
      const number = vocab.indexOf(label);
      if (number >= 0) into[at + number] = 1;
    }
  },
  tensor: (values, batch) => tensorOf(Float32Array.from(values), [batch, values.length / batch], "float32"), // [B, classes]
};
