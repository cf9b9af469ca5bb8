// Mean and spread of a block's training pictures.
import type { Dataset } from "./dataset";
import { createStatsMeter, type Stats } from "./normalize";

/** Pixels that suffice where the figures are only shown. */
const SHOWN_BYTES = 64 * 2 ** 20;

/** Of all items, or (`all` false) of evenly spaced ones that are in the cache; null where there is none. */
export async function measure(dataset: Dataset, items: readonly number[], all: boolean): Promise<Stats | null> {
  const meter = createStatsMeter(dataset.shape[2]);
  const record = new Uint8Array(dataset.bytes + dataset.targetBytes);
  const pixels = record.subarray(0, dataset.bytes);
  const step = all ? 1 : Math.max(1, Math.ceil((items.length * dataset.bytes) / SHOWN_BYTES));
  for (let i = 0; i < items.length; i += step) {
    const item = items[i] as number;
    if (all) await dataset.get(item, record, 0);
    else if (!dataset.cache.read(item, record, 0)) continue;
    meter.add(pixels);
  }
  return meter.stats();
}
