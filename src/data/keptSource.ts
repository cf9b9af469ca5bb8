// Keeps a source's paths and tables, so that training goes on after a reload from cached pixels alone.
import { err, ok } from "../base/result";
import type { SourceInfo } from "../spec/dataReport";
import { problem } from "../spec/problems";
import type { CacheStore } from "./cacheStore";
import type { FileIndex } from "./sources/fileIndex";

interface KeptSource {
  readonly info: SourceInfo;
  readonly identity: string;
  readonly rootName: string;
  readonly paths: readonly string[];
  readonly images: readonly number[];
  readonly tables: readonly number[];
  /** Content of the tables: start and end in the bytes behind this header. */
  readonly contents: readonly (readonly [file: number, from: number, to: number])[];
}

const nameOf = (identity: string): string => `source-${identity}.bin`;
/** Files that the plan of a block is made from. */
const KEPT = /\.(csv|tsv|txt|cal|pts|arff|ts)$/i;
const MAX_TABLES = 64 * 2 ** 20;

/** Writes what is needed to open the index again without its files; false where it could not be kept. */
export async function keepSource(index: FileIndex, store: CacheStore): Promise<boolean> {
  const parts: Blob[] = [];
  const contents: (readonly [number, number, number])[] = [];
  let at = 0;
  for (const [file, path] of index.paths.entries()) {
    if (!KEPT.test(path)) continue;
    const blob = await index.read(file);
    if (!blob.ok || at + blob.value.size > MAX_TABLES) continue;
    contents.push([file, at, at + blob.value.size]);
    parts.push(blob.value);
    at += blob.value.size;
  }
  const { info, identity, rootName, paths } = index;
  const kept: KeptSource = {
    ...{ info, identity, rootName, paths, contents },
    images: [...index.images],
    tables: [...index.tables],
  };
  const head = new TextEncoder().encode(JSON.stringify(kept));
  return store.save(nameOf(identity), new Blob([Uint32Array.of(head.length), head, ...parts]));
}

/** The index of a kept source, or null; its tables can be read, its pictures only from the pixel cache. */
export async function openKeptSource(identity: string, store: CacheStore): Promise<FileIndex | null> {
  const blob = await store.load(nameOf(identity));
  if (blob === null || blob.size < 4) return null;
  const [length = 0] = new Uint32Array(await blob.slice(0, 4).arrayBuffer());
  let kept: KeptSource;
  try {
    kept = JSON.parse(await blob.slice(4, 4 + length).text()) as KeptSource;
  } catch {
    return null;
  }
  const places = new Map(kept.paths.map((path, i) => [path, i]));
  const contents = new Map(
    kept.contents.map(([file, from, to]) => [file, blob.slice(4 + length + from, 4 + length + to)]),
  );
  return {
    ...kept,
    info: { ...kept.info, problems: [...kept.info.problems, problem("SOURCE_KEPT")] },
    images: Int32Array.from(kept.images),
    tables: Int32Array.from(kept.tables),
    find: (path) => places.get(path) ?? -1,
    read: async (file) => {
      const content = contents.get(file);
      return content === undefined ? err(problem("SOURCE_GONE", { items: [kept.paths[file] ?? ""] })) : ok(content);
    },
  };
}
