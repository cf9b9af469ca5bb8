// A store for unpacked archives in memory, with as much room as a test gives it.
import { NoRoom, type UnpackStore } from "../storage/unpackStore";

export interface MemoryUnpackStore extends UnpackStore {
  /** Whole files by key. */
  readonly files: ReadonlyMap<string, Blob>;
  /** Every key that was ever created. */
  readonly created: readonly string[];
}

/** An empty store. */
export function memoryUnpackStore(room = Number.POSITIVE_INFINITY): MemoryUnpackStore {
  const files = new Map<string, Blob>();
  const created: string[] = [];
  return {
    files,
    created,
    find: async (key) => files.get(key) ?? null,
    async create(key) {
      created.push(key);
      const parts: Uint8Array<ArrayBuffer>[] = [];
      let bytes = 0;
      return {
        write(piece) {
          bytes += piece.length;
          if (bytes > room) throw new NoRoom("full");
          parts.push(piece.slice());
        },
        async finish() {
          const whole = new Blob(parts);
          files.set(key, whole);
          return whole;
        },
        discard: async () => void files.delete(key),
      };
    },
    room: async () => room,
    async keepOnly(keys) {
      for (const key of files.keys()) if (!keys.includes(key)) files.delete(key);
    },
  };
}
