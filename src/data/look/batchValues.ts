// One batch of an epoch, exactly as the model gets it.
import type { BatchRequest, BatchSlot, BatchValues } from "../../spec/dataLook";
import type { DataLoader } from "../batch";
import type { BlockPlan } from "../blockPlan";
import { bitmapOf } from "../preview";
import type { Stats } from "../normalize";
import { channelFacts, tensorFacts } from "./tensorFacts";
import { pixelsOf, readBatch, shownValues, targetOf } from "./readBatch";

export interface BatchParts {
  readonly plan: BlockPlan;
  readonly loader: DataLoader;
  readonly stats: Stats;
  /** Of the set, before the last partial batch is left out. */
  readonly items: number;
  readonly exact: boolean;
}

/** The batch of a request, a number beyond the last one taken for the last one; null where the loader has none. */
export async function batchValues(parts: BatchParts, request: BatchRequest): Promise<BatchValues | null> {
  const { plan, loader, stats, items, exact } = parts;
  const batch = Math.max(0, Math.min(request.batch, loader.batches - 1));
  for await (const one of loader.epoch(request.epoch, { fromBatch: batch })) {
    const { items: order, count } = one;
    const { x, y, weight } = await readBatch(one);
    const slot = async (item: number, at: number): Promise<BatchSlot> => ({
      item,
      labels: item < 0 ? [] : (plan.labels[item] ?? []),
      weight: weight[at] as number,
      values: item < 0 ? [] : shownValues(plan, y, at),
      image: await bitmapOf(pixelsOf(x, at, stats)),
      ...(item < 0 ? {} : targetOf(plan, y, at)),
    });
    return {
      request: { ...request, batch },
      batches: loader.batches,
      x: tensorFacts(x.values, x.shape, x.dtype),
      channels: channelFacts(x.values, x.shape, count),
      y: tensorFacts(y.values, y.shape, y.dtype),
      padding: order.length - count,
      dropped: Math.max(0, items - loader.batches * loader.batchSize),
      exact,
      slots: await Promise.all(Array.from(order, slot)),
    };
  }
  return null;
}
