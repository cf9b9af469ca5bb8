// How often each class occurs among the training items: labels, or the pixels of masks.
import { asInts } from "./blocks/targetBlock";
import type { Targets } from "./blocks";
import type { Dataset } from "./dataset";

/** Masks that suffice to know how rare a class is. */
const MASKS = 256;

/** Counts by class index, [classes]; of masks the pixels of at most 256, evenly spaced over the items. */
export async function countClasses(
  dataset: Dataset,
  { planned, bytes }: Targets,
  items: readonly number[],
  classes: number,
): Promise<number[]> {
  const counts = Array<number>(classes).fill(0);
  // What belongs to no class lies outside of the list.
  const count = (id: number): void => {
    if (id >= 0 && id < classes) counts[id] = (counts[id] ?? 0) + 1;
  };
  if (planned !== null) {
    for (const item of items) asInts(planned.subarray(item * bytes, (item + 1) * bytes)).forEach(count);
    return counts;
  }
  const record = new Uint8Array(dataset.bytes + dataset.targetBytes);
  const step = Math.max(1, Math.ceil(items.length / MASKS));
  for (let i = 0; i < items.length; i += step) {
    await dataset.get(items[i] as number, record, 0);
    record.subarray(dataset.bytes).forEach(count);
  }
  return counts;
}
