// One label an item: its class index.
import { tensorOf } from "../../tensor/writeTensor";
import { asInts, type TargetBlock } from "./targetBlock";

export const category: TargetBlock = {
  bytes: () => 4,
  encode({ labels, vocab }, item, into) {
    asInts(into)[0] = vocab.indexOf(labels[item]?.[0] ?? "");
  },
  tensor: (bytes, { batch }) => tensorOf(asInts(bytes), [batch], "int32"), // [B]
  outputs: ({ vocab }) => vocab.names.length,
};
