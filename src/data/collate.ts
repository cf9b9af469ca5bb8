// Puts items together into a batch: bytes and numbers on the host, then tensors.
import type { Tensor1D } from "@tensorflow/tfjs-core";
import { augmentImages, uploadImages } from "../kernels/augmentImages";
import { tensorOf } from "../tensor/writeTensor";
import type { AugmentChain, TestTimeVariant } from "./augment";
import { pictureMap, sharedSizes, type Draw } from "./augment/draw";
import type { Batch } from "./batch";
import type { Targets } from "./blocks";
import type { Dataset } from "./dataset";
import type { Stats } from "./normalize";

/** A batch before it is uploaded. */
export interface HostBatch {
  /** [B, H, W, C] */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What each picture goes through. */
  readonly draws: readonly Draw[];
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
  readonly augment: AugmentChain;
  /** "train" draws at random, "valid" only brings pictures to their size; a variant is one of test-time augmentation. */
  readonly view: "train" | "valid" | TestTimeVariant;
}

/** The host batch of some items; what is missing to the batch size is padding of weight 0. */
export async function collate(
  { dataset, targets, batchSize, augment, view }: CollateOptions,
  some: readonly number[],
  epoch: number,
  signal?: AbortSignal,
): Promise<HostBatch> {
  const bytes = new Uint8Array(batchSize * dataset.bytes);
  const draws: Draw[] = [];
  const values = new Uint8Array(batchSize * targets.bytes);
  const record = new Uint8Array(targets.planned === null ? dataset.bytes + dataset.targetBytes : 0);
  const weight = new Float32Array(batchSize);
  const items = new Int32Array(batchSize).fill(-1);
  for (let i = 0; i < batchSize; i += 1) {
    const item = some[i];
    if (item === undefined || view === "valid") draws.push(augment.evaluate(dataset.shape));
    else if (view === "train") draws.push(augment.draw(epoch, item, dataset.shape));
    else draws.push(augment.testTime(view, item, dataset.shape));
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
  return { bytes, draws, targets: values, weight, items, count: some.length };
}

/** Pictures as the network sees them, [B, h, w, C]: one upload and one dispatch. */
export function augmentBytes(bytes: Uint8Array, draws: readonly Draw[], shape: Dataset["shape"], stats: Stats) {
  const [height, width, channels] = shape;
  const packed = uploadImages(bytes, [draws.length, height, width, channels]);
  const sizes = sharedSizes(draws[0] as Draw);
  const x = augmentImages(packed, { ...sizes, ...stats, maps: draws.map(pictureMap) });
  packed.dispose();
  return x;
}

/** Uploads a host batch, augments and normalises it. */
export function toBatch(host: HostBatch, { dataset, targets, batchSize }: CollateOptions, stats: Stats): Batch {
  return {
    x: augmentBytes(host.bytes, host.draws, dataset.shape, stats),
    y: targets.block.tensor(host.targets, { batch: batchSize, shape: dataset.shape, draws: host.draws }),
    weight: tensorOf(host.weight, [batchSize], "float32") as Tensor1D,
    items: host.items,
    count: host.count,
  };
}
