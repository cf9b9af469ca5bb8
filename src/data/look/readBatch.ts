// A batch read back from the device: its tensors as numbers, and its pictures as they look without normalisation.
import type { PreviewTarget } from "../../spec/dataReport";
import { packMask } from "../../spec/packedMask";
import { readback } from "../../tensor/readback";
import type { Batch } from "../batch";
import type { BlockPlan } from "../blockPlan";
import type { Pixels } from "../decode/pixels";
import type { Stats } from "../normalize";

export interface ReadTensor {
  readonly values: ArrayLike<number>;
  readonly shape: readonly number[];
  readonly dtype: "float32" | "int32";
}

/** Reads and disposes the batch's tensors. */
export async function readBatch(batch: Batch): Promise<{ x: ReadTensor; y: ReadTensor; weight: ArrayLike<number> }> {
  const { x, y, weight } = batch;
  try {
    const [xs, ys, weights] = await Promise.all([readback(x), readback(y), readback(weight)]);
    return {
      x: { values: xs, shape: x.shape, dtype: "float32" },
      y: { values: ys, shape: y.shape, dtype: y.dtype === "int32" ? "int32" : "float32" },
      weight: weights,
    };
  } finally {
    for (const tensor of [x, y, weight]) tensor.dispose();
  }
}

/** The numbers of one item of a batch. */
export function rowOf({ values, shape }: ReadTensor, at: number): Float32Array {
  const each = values.length / (shape[0] || 1);
  return Float32Array.from({ length: each }, (_, i) => values[at * each + i] as number);
}

/** One picture of x, [B, H, W, C], with the normalisation taken back. */
export function pixelsOf({ values, shape }: ReadTensor, at: number, { mean, std }: Stats): Pixels {
  const [, height = 0, width = 0, channels = 1] = shape;
  const each = height * width * channels;
  const data = new Uint8Array(each);
  for (let i = 0; i < each; i += 1) {
    const channel = i % channels;
    const value = (values[at * each + i] as number) * (std[channel] ?? 1) + (mean[channel] ?? 0);
    data[i] = Math.round(Math.min(1, Math.max(0, value)) * 255);
  }
  return { width, height, channels, data };
}

/** Mask or points of one item of y, where its answers lie on the picture. */
export function targetOf({ targets }: BlockPlan, y: ReadTensor, at: number): { target?: PreviewTarget } {
  if (targets.kind === "points") return { target: { kind: "points", points: rowOf(y, at) } };
  if (targets.kind !== "masks") return {};
  const [, height = 0, width = 0] = y.shape;
  return { target: { kind: "mask", size: [height, width], ids: packMask(rowOf(y, at)) } };
}

/** So many of an item's numbers are shown. */
const SHOWN = 64;

/** The first numbers of one item of y; none of a mask, whose numbers are seen. */
export function shownValues({ targets }: BlockPlan, y: ReadTensor, at: number): number[] {
  return targets.kind === "masks" ? [] : Array.from(rowOf(y, at).subarray(0, SHOWN));
}
