// One label an item: its class index.
import { tensorOf } from "../../tensor/writeTensor";
import type { TargetBlock } from "./targetBlock";

export const category: TargetBlock = {
  width: () => 1,
  encode(labels, vocab, into, at) {
    into[at] = vocab.indexOf(labels[0] ?? "");
  },
  tensor: (values, batch) => tensorOf(values, [batch], "int32"), // [B]
};
