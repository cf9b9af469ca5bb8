// Where decoded pixels outlive the page: fixed-size records in files, kept in the browser's private file system.

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
  /** Removes what was used least recently, except for the `keep` newest files. */
  prune(keep: number): Promise<void>;
}

/** A CacheFile over a synchronous handle: one state byte a record, then the records. */
export function cacheFile(handle: FileSystemSyncAccessHandle, records: number, recordBytes: number): CacheFile {
  const states = new Uint8Array(records);
  handle.read(states, { at: 0 });
  let full = false;
  return {
    has: (record) => states[record] === 1,
    read(record, into) {
      if (states[record] !== 1) return false;
      const target = into.length === recordBytes ? into : into.subarray(0, recordBytes);
      return handle.read(target, { at: records + record * recordBytes }) === recordBytes;
    },
    write(record, bytes) {
      if (full) return false;
      // At its quota Chromium neither throws nor writes: it returns another number (chromium 541725401).
      full = handle.write(bytes, { at: records + record * recordBytes }) !== recordBytes;
      if (full) return false;
      full = handle.write(Uint8Array.of(1), { at: record }) !== 1;
      if (!full) states[record] = 1;
      return !full;
    },
    flush: () => handle.flush(),
    close: () => handle.close(),
  };
}

/** A store in a directory of the private file system; only in a dedicated worker. */
export function createCacheStore(directory: FileSystemDirectoryHandle): CacheStore {
  return {
    async open(name, records, recordBytes) {
      try {
        const file = await directory.getFileHandle(name, { create: true });
        const handle = await file.createSyncAccessHandle();
        const wanted = handle.getSize();
        if (wanted > records + records * recordBytes || (wanted > 0 && wanted < records)) handle.truncate(0);
        if (handle.getSize() === 0 && handle.write(new Uint8Array(records), { at: 0 }) !== records) {
          handle.close();
          return null;
        }
        return cacheFile(handle, records, recordBytes);
      } catch {
        return null;
      }
    },
    async save(name, content) {
      try {
        const file = await directory.getFileHandle(name, { create: true });
        const handle = await file.createSyncAccessHandle();
        try {
          const bytes = new Uint8Array(await content.arrayBuffer());
          handle.truncate(0);
          const written = handle.write(bytes, { at: 0 });
          handle.flush();
          return written === bytes.length;
        } finally {
          handle.close();
        }
      } catch {
        return false;
      }
    },
    async load(name) {
      try {
        return await (await directory.getFileHandle(name)).getFile();
      } catch {
        return null;
      }
    },
    async prune(keep) {
      const files: { name: string; used: number }[] = [];
      for await (const [name, entry] of directory.entries()) {
        if (entry.kind !== "file") continue;
        const file = await (entry as FileSystemFileHandle).getFile().catch(() => null);
        files.push({ name, used: file?.lastModified ?? 0 });
      }
      files.sort((a, b) => b.used - a.used);
      for (const { name } of files.slice(keep)) await directory.removeEntry(name).catch(() => {});
    },
  };
}
