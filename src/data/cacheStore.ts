// Where decoded pixels outlive the page: files of fixed-size records in a byte store, the least used removed first.
import type { ByteFile, ByteStore } from "../storage/byteStore";

/** Records of one size; every call is synchronous, as the training loop needs it. */
export interface CacheFile {
  has(record: number): boolean;
  /** Fills `into` from the record; false where it is not there. */
  read(record: number, into: Uint8Array<ArrayBuffer>): boolean;
  /** False where nothing more can be written (the disk is full): the record stays absent. */
  write(record: number, bytes: Uint8Array<ArrayBuffer>): boolean;
  flush(): void;
  close(): void;
}

export interface CacheStore {
  /** Opens or creates a file; null where another tab holds it or nothing can be kept. */
  open(name: string, records: number, recordBytes: number): Promise<CacheFile | null>;
  save(name: string, content: Blob): Promise<boolean>;
  load(name: string): Promise<Blob | null>;
  /** Removes all but the `keep` files that were used last. */
  prune(keep: number): Promise<void>;
}

/** Writes and tells whether all of it was written: at its quota Chromium returns another number and does not throw. */
function wrote(file: ByteFile, bytes: Uint8Array<ArrayBuffer>, at: number): boolean {
  try {
    return file.write(bytes, at) === bytes.length;
  } catch {
    return false;
  }
}

/** Layout: one state byte a record (1 = there), then the records. */
function recordFile(file: ByteFile, records: number, recordBytes: number): CacheFile {
  const states = new Uint8Array(records);
  file.read(states, 0);
  let full = false;
  return {
    has: (record) => states[record] === 1,
    read(record, into) {
      if (states[record] !== 1) return false;
      return file.read(into.subarray(0, recordBytes), records + record * recordBytes) === recordBytes;
    },
    write(record, bytes) {
      // The state follows the bytes, so that a cut-off write leaves the record absent.
      full ||= !wrote(file, bytes, records + record * recordBytes) || !wrote(file, Uint8Array.of(1), record);
      if (!full) states[record] = 1;
      return !full;
    },
    flush: () => file.flush(),
    close: () => file.close(),
  };
}

async function readAll(store: ByteStore, name: string): Promise<Uint8Array<ArrayBuffer> | null> {
  if (!(await store.names()).includes(name)) return null;
  const file = await store.open(name);
  try {
    const bytes = new Uint8Array(file.size());
    return file.read(bytes, 0) === bytes.length ? bytes : null;
  } finally {
    file.close();
  }
}

async function writeWhole(store: ByteStore, name: string, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const file = await store.open(name);
  try {
    file.truncate(0);
    const whole = wrote(file, bytes, 0);
    file.flush();
    return whole;
  } finally {
    file.close();
  }
}

/** Names, the last used one first; a file of its own, since byte stores know no dates. */
const RECENT = "recent.json";

/** A cache in a byte store of its own; whatever cannot be kept is simply not kept. */
export function createCacheStore(store: ByteStore): CacheStore {
  const recent = async (): Promise<string[]> => {
    const bytes = await readAll(store, RECENT).catch(() => null);
    try {
      const names: unknown = JSON.parse(new TextDecoder().decode(bytes ?? new Uint8Array()));
      return Array.isArray(names) ? names.filter((name) => typeof name === "string") : [];
    } catch {
      return [];
    }
  };
  const touch = async (name: string): Promise<void> => {
    const names = [name, ...(await recent()).filter((one) => one !== name)];
    await writeWhole(store, RECENT, new TextEncoder().encode(JSON.stringify(names))).catch(() => false);
  };
  return {
    async open(name, records, recordBytes) {
      try {
        const file = await store.open(name);
        const size = file.size();
        if (size < records || size > records * (1 + recordBytes)) {
          file.truncate(0);
          if (!wrote(file, new Uint8Array(records), 0)) {
            file.close();
            return null;
          }
        }
        await touch(name);
        return recordFile(file, records, recordBytes);
      } catch {
        return null;
      }
    },
    async save(name, content) {
      try {
        const whole = await writeWhole(store, name, new Uint8Array(await content.arrayBuffer()));
        await touch(name);
        return whole;
      } catch {
        return false;
      }
    },
    async load(name) {
      const bytes = await readAll(store, name).catch(() => null);
      return bytes === null ? null : new Blob([bytes]);
    },
    async prune(keep) {
      const order = await recent();
      const kept = new Set([RECENT, ...order.slice(0, keep)]);
      for (const name of await store.names()) if (!kept.has(name)) await store.remove(name);
    },
  };
}
