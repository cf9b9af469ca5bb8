// A store in memory: for browsers that keep nothing, and for tests.
import type { ByteFile, ByteStore } from "./byteStore";

function memoryFile(files: Map<string, Uint8Array<ArrayBuffer>>, name: string): ByteFile {
  const bytes = (): Uint8Array<ArrayBuffer> => files.get(name) ?? new Uint8Array();
  const resize = (size: number): void => {
    const grown = new Uint8Array(size);
    grown.set(bytes().subarray(0, size));
    files.set(name, grown);
  };
  return {
    size: () => bytes().length,
    read(into, at) {
      const part = bytes().subarray(at, at + into.length);
      into.set(part);
      return part.length;
    },
    write(data, at) {
      if (at + data.length > bytes().length) resize(at + data.length);
      bytes().set(data, at);
      return data.length;
    },
    truncate: resize,
    flush: () => undefined,
    close: () => undefined,
  };
}

/** An empty store in memory; gone with the page. */
export function memoryStore(): ByteStore {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  return {
    open(name) {
      if (!files.has(name)) files.set(name, new Uint8Array());
      return Promise.resolve(memoryFile(files, name));
    },
    names: () => Promise.resolve([...files.keys()]),
    remove(name) {
      files.delete(name);
      return Promise.resolve();
    },
  };
}
