// The origin private file system as a store: works in workers only, and throws where the browser keeps nothing.
import type { ByteStore } from "./byteStore";

/** The store in a folder of the origin's own file system. */
export async function opfsStore(folder: string): Promise<ByteStore> {
  const root = await navigator.storage.getDirectory();
  const directory = await root.getDirectoryHandle(folder, { create: true });
  return {
    async open(name) {
      const handle = await directory.getFileHandle(name, { create: true });
      const access = await handle.createSyncAccessHandle();
      return {
        size: () => access.getSize(),
        read: (into, at) => access.read(into, { at }),
        write: (bytes, at) => access.write(bytes, { at }),
        truncate: (size) => access.truncate(size),
        flush: () => access.flush(),
        close: () => access.close(),
      };
    },
    async names() {
      const names: string[] = [];
      for await (const name of directory.keys()) names.push(name);
      return names.sort();
    },
    remove: (name) => directory.removeEntry(name).catch(() => undefined),
  };
}
