// What a kind of target is: how labels become numbers, and numbers a tensor.
import type { Tensor } from "@tensorflow/tfjs-core";
import type { Vocab } from "../vocab";

export interface TargetBlock {
  /** Numbers an item. */
  width(vocab: Vocab): number;
  /** Writes an item's labels as numbers at `into[at…]`. */
  encode(labels: readonly string[], vocab: Vocab, into: Int32Array, at: number): void;
  /** The tensor of a batch from its numbers, [batch × width]. */
  tensor(values: Int32Array, batch: number): Tensor;
}
