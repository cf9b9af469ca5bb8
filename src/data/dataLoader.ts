// Batches of one split: host batches are prepared ahead while the GPU works on the one before.
import type { Batch, DataLoader } from "./batch";
import { collate, toBatch, type CollateOptions } from "./collate";
import { inOrder } from "./decode/inOrder";
import type { Stats } from "./normalize";
import type { Sampler } from "./sampler";

/** Host batches under way or ready. */
const AHEAD = 3;

export interface DataLoaderOptions extends CollateOptions {
  readonly sampler: Sampler;
  readonly items: number;
  /** Leaves the last partial batch out instead of padding it. */
  readonly dropLast: boolean;
  readonly stats: Stats;
}

/** A loader whose batches all have one shape. */
export function createDataLoader(options: DataLoaderOptions): DataLoader {
  const { sampler, items, dropLast, batchSize, stats } = options;
  const batches = dropLast ? Math.floor(items / batchSize) : Math.ceil(items / batchSize);
  return {
    batchSize,
    batches,
    items,
    async *epoch(epoch, { fromBatch = 0, signal } = {}): AsyncGenerator<Batch, void, undefined> {
      const order = sampler.order(epoch);
      const host = (i: number) => {
        const start = (fromBatch + i) * batchSize;
        return collate(options, order.slice(start, start + batchSize), epoch, signal);
      };
      for await (const ready of inOrder(Math.max(0, batches - fromBatch), AHEAD, host, signal))
        yield toBatch(ready, options, stats);
    },
  };
}
