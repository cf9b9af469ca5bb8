// Masks and points of a few items, moved as their pictures are, for the page to draw over them.
import type { PreviewTarget } from "../spec/dataReport";
import { packMask } from "../spec/packedMask";
import { readback } from "../tensor/readback";
import type { Draw } from "./augment/draw";
import type { BlockPlan } from "./blockPlan";
import { TARGET_BLOCKS } from "./blocks";
import type { Dataset } from "./dataset";

/** One target a record (pixels, then target), by the same kernels as in training; none where targets are no part of it. */
export async function previewTargets(
  plan: BlockPlan,
  dataset: Dataset,
  records: readonly Uint8Array[],
  draws: readonly Draw[],
): Promise<readonly PreviewTarget[]> {
  if (dataset.targetBytes === 0 || records.length === 0) return [];
  const bytes = new Uint8Array(records.length * dataset.targetBytes);
  for (const [i, record] of records.entries()) bytes.set(record.subarray(dataset.bytes), i * dataset.targetBytes);
  const y = TARGET_BLOCKS[plan.task].tensor(bytes, { batch: records.length, shape: dataset.shape, draws });
  const [, height = 0, width = 0] = y.shape;
  const values = await readback(y);
  y.dispose();
  const each = values.length / records.length;
  return records.map((_, i): PreviewTarget => {
    const own = values.slice(i * each, (i + 1) * each);
    if (plan.targets.kind === "masks") return { kind: "mask", size: [height, width], ids: packMask(own) };
    return { kind: "points", points: Float32Array.from(own) };
  });
}
