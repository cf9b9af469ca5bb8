// What a kind of target is: bytes beside each picture, and the tensor of a batch of them.
import type { Tensor } from "@tensorflow/tfjs-core";
import type { Draw } from "../augment/draw";
import type { BlockPlan } from "../blockPlan";

/** How the pictures of a batch were changed: targets that lie on the picture follow. */
export interface BatchView {
  readonly batch: number;
  /** Height, width, channels of the pictures before. */
  readonly shape: readonly [number, number, number];
  /** What each picture went through. */
  readonly draws: readonly Draw[];
}

export interface TargetBlock {
  /** Bytes an item, for pictures of this height and width. */
  bytes(plan: BlockPlan, size: readonly [number, number]): number;
  /** Writes an item's target at the start of `into`; null where it comes with the decoded picture and lies in the cache. */
  readonly encode: ((plan: BlockPlan, item: number, into: Uint8Array<ArrayBuffer>) => void) | null;
  /** The tensor of a batch from its bytes. */
  tensor(bytes: Uint8Array<ArrayBuffer>, view: BatchView): Tensor;
  /** Numbers that leave the model for an item (or a pixel): fastai's `data.c`. */
  outputs(plan: BlockPlan): number;
}

/** Bytes as numbers of four bytes each. */
export const asInts = (bytes: Uint8Array<ArrayBuffer>): Int32Array<ArrayBuffer> => new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4); // prettier-ignore
export const asFloats = (bytes: Uint8Array<ArrayBuffer>): Float32Array<ArrayBuffer> => new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4); // prettier-ignore
