// Small pictures of items, asked for together and kept while they are likely to be seen again.
export interface Thumbnails {
  /** The picture of an item, or null where it cannot be read; never closed while it is kept. */
  get(item: number): Promise<ImageBitmap | null>;
  /** The picture if it is there already. */
  peek(item: number): ImageBitmap | null | undefined;
  /** Closes and forgets all pictures. */
  clear(): void;
}

const BATCH = 48;

/** Pictures of items; keeps the `most` used last. `defer` gathers what is asked for in one turn. */
export function createThumbnails(
  fetchImages: (items: readonly number[]) => Promise<readonly (ImageBitmap | null)[]>,
  most = 400,
  defer: (act: () => void) => void = queueMicrotask,
): Thumbnails {
  const kept = new Map<number, ImageBitmap | null>();
  const asked = new Map<number, Promise<ImageBitmap | null>>();
  let waiting: { readonly item: number; readonly give: (image: ImageBitmap | null) => void }[] = [];
  let turn = 0;

  const keep = (item: number, image: ImageBitmap | null): void => {
    kept.set(item, image);
    for (const [oldest, old] of kept) {
      if (kept.size <= most) break;
      kept.delete(oldest);
      old?.close();
    }
  };

  const fetchBatch = async (batch: typeof waiting, mine: number): Promise<void> => {
    const images = await fetchImages(batch.map(({ item }) => item)).catch(() => []);
    batch.forEach(({ item, give }, index) => {
      const image = images[index] ?? null;
      if (mine === turn) {
        asked.delete(item);
        keep(item, image);
        give(image);
      } else {
        image?.close();
        give(null);
      }
    });
  };

  const flush = (): void => {
    const all = waiting;
    waiting = [];
    for (let at = 0; at < all.length; at += BATCH) void fetchBatch(all.slice(at, at + BATCH), turn);
  };

  return {
    peek: (item) => kept.get(item),
    get(item) {
      const there = kept.get(item);
      if (there !== undefined) {
        kept.delete(item);
        kept.set(item, there);
        return Promise.resolve(there);
      }
      const pending = asked.get(item);
      if (pending) return pending;
      const promise = new Promise<ImageBitmap | null>((give) => {
        if (waiting.length === 0) defer(flush);
        waiting.push({ item, give });
      });
      asked.set(item, promise);
      return promise;
    },
    clear() {
      turn += 1;
      for (const image of kept.values()) image?.close();
      kept.clear();
      asked.clear();
    },
  };
}
