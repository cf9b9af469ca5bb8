// Puts items together into a batch: bytes and numbers on the host, then tensors.
import type { Tensor1D } from "@tensorflow/tfjs-core";
import { augmentImages, uploadImages } from "../kernels/augmentImages";
import { tensorOf } from "../tensor/writeTensor";
import { NO_AUGMENT, type AugmentChain } from "./augment";
import type { Batch } from "./batch";
import type { Targets } from "./blocks";
import type { Dataset } from "./dataset";
import type { Stats } from "./normalize";

/** A batch before it is uploaded. */
export interface HostBatch {
  /** [B, H, W, 3] */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** 6 numbers an item. */
  readonly matrices: Float32Array;
  /** Scale and shift an item. */
  readonly lighting: Float32Array;
  /** Bytes of the targets, item by item. */
  readonly targets: Uint8Array<ArrayBuffer>;
  readonly weight: Float32Array;
  readonly items: Int32Array;
  readonly count: number;
}

export interface CollateOptions {
  readonly dataset: Dataset;
  readonly targets: Targets;
  readonly batchSize: number;
  /** Null: as they are, for validation. */
  readonly augment: AugmentChain | null;
}

/** The host batch of some items; what is missing to the batch size is padding of weight 0. */
export async function collate(
  { dataset, targets, batchSize, augment }: CollateOptions,
  some: readonly number[],
  epoch: number,
  signal?: AbortSignal,
): Promise<HostBatch> {
  const bytes = new Uint8Array(batchSize * dataset.bytes);
  const matrices = new Float32Array(batchSize * 6);
  const lighting = new Float32Array(batchSize * 2);
  const values = new Uint8Array(batchSize * targets.bytes);
  const record = new Uint8Array(targets.planned === null ? dataset.bytes + dataset.targetBytes : 0);
  const weight = new Float32Array(batchSize);
  const items = new Int32Array(batchSize).fill(-1);
  for (let i = 0; i < batchSize; i += 1) {
    const item = some[i];
    const { matrix, scale, shift } = item === undefined ? NO_AUGMENT : (augment?.draw(epoch, item) ?? NO_AUGMENT);
    matrices.set(matrix, i * 6);
    lighting.set([scale, shift], i * 2);
    if (item === undefined) continue;
    if (targets.planned === null) {
      await dataset.get(item, record, 0, signal);
      bytes.set(record.subarray(0, dataset.bytes), i * dataset.bytes);
      values.set(record.subarray(dataset.bytes), i * targets.bytes);
    } else {
      await dataset.get(item, bytes, i * dataset.bytes, signal);
      values.set(targets.planned.subarray(item * targets.bytes, (item + 1) * targets.bytes), i * targets.bytes);
    }
    weight[i] = 1;
    items[i] = item;
  }
  return { bytes, matrices, lighting, targets: values, weight, items, count: some.length };
}

/** Uploads a host batch, augments and normalises it in one dispatch. */
export function toBatch(host: HostBatch, { dataset, targets, batchSize }: CollateOptions, stats: Stats): Batch {
  const [height, width] = dataset.shape;
  const packed = uploadImages(host.bytes, [batchSize, height, width]);
  const x = augmentImages(packed, {
    size: [height, width],
    mean: stats.mean,
    std: stats.std,
    matrices: host.matrices,
    lighting: host.lighting,
    padding: "reflection",
  }); // [B, H, W, 3]
  packed.dispose();
  return {
    x,
    y: targets.block.tensor(host.targets, { batch: batchSize, size: [height, width], matrices: host.matrices }),
    weight: tensorOf(host.weight, [batchSize], "float32") as Tensor1D,
    items: host.items,
    count: host.count,
  };
}
