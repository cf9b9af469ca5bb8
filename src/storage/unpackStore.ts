// Room for what a solid archive unpacks to: one file for each archive, kept until other archives are opened.

export interface UnpackedFile {
  write(bytes: Uint8Array): void;
  /** The whole content, to be read in any order. */
  finish(): Promise<Blob>;
  discard(): Promise<void>;
}

export interface UnpackStore {
  /** What was unpacked under this key earlier, or null. */
  find(key: string): Promise<Blob | null>;
  create(key: string): Promise<UnpackedFile>;
  /** Bytes that can still be kept, as far as it is known. */
  room(): Promise<number>;
  /** Removes everything else. */
  keepOnly(keys: readonly string[]): Promise<void>;
}

const FOLDER = "unpacked";
/** Stands beside a file that is whole. */
const DONE = ".done";

/** The disk is full. */
export class NoRoom extends Error {
  override readonly name = "NoRoom";
}

/** The store in the origin's own file system; works in workers only, and throws where the browser keeps nothing. */
export async function opfsUnpackStore(): Promise<UnpackStore> {
  const root = await navigator.storage.getDirectory();
  const directory = await root.getDirectoryHandle(FOLDER, { create: true });
  const remove = (name: string): Promise<void> => directory.removeEntry(name).catch(() => undefined);
  return {
    async find(key) {
      try {
        await directory.getFileHandle(key + DONE);
        return await (await directory.getFileHandle(key)).getFile();
      } catch {
        return null;
      }
    },
    async create(key) {
      await remove(key + DONE);
      const open = async (name: string) => {
        const handle = await directory.getFileHandle(name, { create: true });
        return { name, handle, access: await handle.createSyncAccessHandle() };
      };
      // Another tab may hold the file: then this one has a file of its own, which nobody finds later.
      const { name, handle, access } = await open(key).catch(() => open(`${key}.${performance.timeOrigin}`));
      access.truncate(0);
      let at = 0;
      return {
        write(bytes) {
          let written = 0;
          try {
            written = access.write(bytes as Uint8Array<ArrayBuffer>, { at });
          } catch {
            // A full disk is told below.
          }
          if (written !== bytes.length) throw new NoRoom(`wrote ${written} of ${bytes.length} bytes`);
          at += written;
        },
        async finish() {
          access.flush();
          access.close();
          if (name === key) await directory.getFileHandle(key + DONE, { create: true });
          return handle.getFile();
        },
        async discard() {
          access.close();
          await remove(name);
        },
      };
    },
    async room() {
      const { quota, usage } = await navigator.storage.estimate();
      return quota === undefined ? Number.POSITIVE_INFINITY : quota - (usage ?? 0);
    },
    async keepOnly(keys) {
      const kept = new Set(keys.flatMap((key) => [key, key + DONE]));
      const names: string[] = [];
      for await (const name of directory.keys()) names.push(name);
      for (const name of names) if (!kept.has(name)) await remove(name);
    },
  };
}
