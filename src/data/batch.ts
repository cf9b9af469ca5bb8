// What a data loader hands to the training loop: the contract between `data` and `train`.
import type { Tensor, Tensor1D } from "@tensorflow/tfjs-core";
import type { Task } from "../spec/recipe";
import type { TestTimeVariant } from "./augment";

export interface Batch {
  /** Pictures, augmented and normalised: float32 [B, H, W, C]. Texts: ids int32 [B, T]. */
  readonly x: Tensor;
  /**
   * Single label: int32 [B]. Multi label: float32 0/1 [B, classes]. Segmentation: int32 [B, H, W], −1 where a pixel does
   * not count. Points: float32 [B, P, 2] as (y, x) from −1 to 1. Regression: float32 [B, K].
   * Language model: int32 [B, T], the next ids.
   */
  readonly y: Tensor;
  /** 1 for a real item, 0 for padding of the last validation batch, float32 [B]. */
  readonly weight: Tensor1D;
  /** Indices into the block's items, −1 for padding. */
  readonly items: Int32Array;
  /** Real items in this batch. */
  readonly count: number;
}

export interface EpochOptions {
  /** Begins at this batch: for going on in mid-epoch. */
  readonly fromBatch?: number;
  readonly signal?: AbortSignal;
}

/** Batches of one split, always of the same shape; whoever takes a batch disposes its tensors. */
export interface DataLoader {
  readonly batchSize: number;
  /** Training drops the last partial batch (fastai's `drop_last`), validation pads it. */
  readonly batches: number;
  readonly items: number;
  /** The batches of epoch `epoch`; order and augmentation depend on the seed, the epoch and the item alone. */
  epoch(epoch: number, options?: EpochOptions): AsyncIterable<Batch>;
}

/** How whole pictures go through a network that is trained on pieces of them. */
export interface Tiling {
  /** Height and width of a tile. */
  readonly size: readonly [number, number];
  /** Share of a tile that its neighbour sees too. */
  readonly overlap: number;
}

export interface DataLoaders {
  readonly train: DataLoader;
  /** Null where the split left none. */
  readonly valid: DataLoader | null;
  /** The validation set as one variant of test-time augmentation shows it; null or absent where there is none. */
  readonly testTime?: ((variant: TestTimeVariant) => DataLoader) | null;
  /** Classes, codes, or the names of points or numbers. */
  readonly vocab: readonly string[];
  /** Numbers that leave the model for an item, or for a pixel of a segmentation (fastai's `data.c`). */
  readonly outputs: number;
  readonly task: Task;
  /** How often each class occurs in the training set, [classes]: labels or pixels; absent where an item has no one class. */
  classCounts?(): Promise<readonly number[]>;
  /** Validation pictures are whole and go through the model in tiles; null or absent where they are as in training. */
  readonly tiles?: Tiling | null;
  /** Height, width, channels; of texts [steps, 1, 1], where 0 steps are any number. */
  readonly inputShape: readonly [number, number, number];
  dispose(): void;
}
