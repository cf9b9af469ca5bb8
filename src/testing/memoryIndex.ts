// Files in memory as a data source, for tests in Node and in a browser.
import { ok } from "../base/result";
import { createFileIndex, type FileIndex } from "../data/sources/fileIndex";

/** The index of files given as text or bytes by path. */
export function memoryIndex(files: Readonly<Record<string, string | Uint8Array<ArrayBuffer>>>): Promise<FileIndex> {
  const paths = Object.keys(files);
  return createFileIndex({
    name: "memory",
    kind: "files",
    paths,
    bytes: 0,
    problems: [],
    junk: 0,
    read: async (file) => ok(new Blob([files[paths[file] as string] as string | Uint8Array<ArrayBuffer>])),
  });
}
