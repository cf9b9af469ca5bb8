// A folder on disk as a data source, for tests in Node.
import { openAsBlob } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { ok } from "../base/result";
import { createFileIndex, type FileIndex } from "../data/sources/fileIndex";
import { isJunkPath } from "../data/sources/junk";
import type { RawSource } from "../data/sources/rawSource";

/** Every file below a folder, as a source. */
export async function nodeSource(folder: string): Promise<RawSource> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const all = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
  const paths = all.filter((path) => !isJunkPath(path));
  return {
    name: folder.split("/").at(-1) ?? "",
    kind: "directory",
    paths,
    bytes: 0,
    problems: [],
    junk: all.length - paths.length,
    read: async (file) => ok(await openAsBlob(join(folder, paths[file] as string))),
  };
}

/** The index of a folder on disk. */
export async function nodeIndex(folder: string): Promise<FileIndex> {
  return createFileIndex(await nodeSource(folder));
}

export { memoryIndex } from "./memoryIndex";
