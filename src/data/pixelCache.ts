// Decoded pixels for later epochs: in memory up to a budget, and in a file that outlives the page.
import type { CacheFile } from "./cacheStore";

export interface PixelCache {
  has(record: number): boolean;
  /** Copies a record into `into` at `offset`; false where it is not there. */
  read(record: number, into: Uint8Array<ArrayBuffer>, offset: number): boolean;
  write(record: number, bytes: Uint8Array<ArrayBuffer>): void;
  /** Keeps a record for this visit alone. */
  hold(record: number, bytes: Uint8Array<ArrayBuffer>): void;
  flush(): void;
  close(): void;
}

export interface PixelCacheOptions {
  readonly records: number;
  readonly recordBytes: number;
  /** Bytes to hold in memory. */
  readonly budget: number;
  readonly file: CacheFile | null;
}

export const DEFAULT_BUDGET = 512 * 2 ** 20;
const BLOCK_BYTES = 8 * 2 ** 20;

/** A cache of fixed-size records. Memory is taken in blocks as it fills; what does not fit is in the file alone. */
export function createPixelCache({ records, recordBytes, budget, file: kept }: PixelCacheOptions): PixelCache {
  let file = kept;
  const perBlock = Math.max(1, Math.floor(BLOCK_BYTES / recordBytes));
  let room = budget;
  const blocks = new Map<number, Uint8Array<ArrayBuffer>>();
  const inMemory = new Uint8Array(records);

  const remember = (record: number, bytes: Uint8Array<ArrayBuffer>): void => {
    const number = Math.floor(record / perBlock);
    let block = blocks.get(number);
    if (block === undefined) {
      const bytes = Math.min(perBlock, records - number * perBlock) * recordBytes;
      if (bytes > room) return;
      room -= bytes;
      block = new Uint8Array(bytes);
      blocks.set(number, block);
    }
    block.set(bytes, (record % perBlock) * recordBytes);
    inMemory[record] = 1;
  };

  return {
    has: (record) => inMemory[record] === 1 || (file?.has(record) ?? false),
    read(record, into, offset) {
      const target = into.subarray(offset, offset + recordBytes);
      if (inMemory[record] === 1) {
        const from = (record % perBlock) * recordBytes;
        const block = blocks.get(Math.floor(record / perBlock)) as Uint8Array<ArrayBuffer>;
        target.set(block.subarray(from, from + recordBytes));
        return true;
      }
      if (file === null || !file.read(record, target)) return false;
      remember(record, target);
      return true;
    },
    write(record, bytes) {
      remember(record, bytes);
      file?.write(record, bytes);
    },
    hold: remember,
    flush: () => file?.flush(),
    close() {
      file?.close();
      // Whoever still reads decodes again, into memory alone.
      file = null;
      room = budget;
      blocks.clear();
      inMemory.fill(0);
    },
  };
}
