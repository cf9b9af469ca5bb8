// The index of a source: the paths of its files in a fixed order, which of them are pictures, and how to read them.
import type { Problem } from "../../base/problem";
import type { Result } from "../../base/result";
import { hashString } from "../../base/rng";
import type { SourceInfo } from "../../spec/dataReport";
import { problem } from "../../spec/problems";
import { imageKindOf } from "../../formats/imageHeader/kind";
import { naturalOrder } from "./naturalOrder";
import { matrixFiles } from "./matrixFiles";
import type { RawSource } from "./rawSource";

export interface FileIndex {
  readonly info: SourceInfo;
  /** Changes when files come, go, or change in name; names caches. */
  readonly identity: string;
  /** Name of the folder that holds everything: the label of pictures that lie directly in it. */
  readonly rootName: string;
  /** Paths below that folder, in natural order. */
  readonly paths: readonly string[];
  /** Which files are pictures, ascending. */
  readonly images: Int32Array;
  /** Which files are tables of text, ascending. */
  readonly tables: Int32Array;
  /** The file of a path, or −1. */
  find(path: string): number;
  read(file: number): Promise<Result<Blob, Problem>>;
}

const IMAGE = /\.(jpe?g|jfif|png|apng|webp|avif|gif|bmp|tiff?|heic|heif|svg|jp2|dcm)$/i;
const TABLE = /\.(csv|tsv|jsonl|ndjson)$/i;
/** Arrays, which are pictures only where there are no others, as matrices in texts are where there are no arrays. */
const ARRAY = /\.npy$/i;
/** Extensionless files that are opened to see whether they are pictures; more would slow indexing down. */
const SNIFFED = 500;

/** True for what is taken for a picture by its name. */
export function isImageName(path: string): boolean {
  return IMAGE.test(path);
}

/** The folders that all paths share, as one prefix ending in "/", or "". */
export function commonFolder(paths: readonly string[]): string {
  const first = paths[0];
  if (first === undefined) return "";
  let prefix = first.slice(0, first.lastIndexOf("/") + 1);
  for (const path of paths)
    while (!path.startsWith(prefix)) prefix = prefix.slice(0, prefix.lastIndexOf("/", prefix.length - 2) + 1);
  return prefix;
}

async function sniff(raw: RawSource, file: number): Promise<boolean> {
  const blob = await raw.read(file);
  if (!blob.ok) return false;
  try {
    return imageKindOf(new Uint8Array(await blob.value.slice(0, 64).arrayBuffer())) !== null;
  } catch {
    return false;
  }
}

/** Sizes and dates of up to 64 files spread over the index: a cheap sign that files were replaced. */
async function fingerprint(raw: RawSource, order: Uint32Array): Promise<string> {
  if (raw.fingerprint !== undefined) return raw.fingerprint;
  const step = Math.max(1, Math.ceil(order.length / 64));
  const parts: string[] = [];
  // In natural order: a directory may give its files in another order every time.
  for (let i = 0; i < order.length; i += step) {
    const blob = await raw.read(order[i] as number);
    if (!blob.ok) continue;
    parts.push(`${blob.value.size}${blob.value instanceof File ? `@${blob.value.lastModified}` : ""}`);
  }
  return parts.join();
}

const hex = (value: number): string => value.toString(16).padStart(8, "0");

/** Puts a source in order: natural paths, the common top folder stripped, pictures and tables known. */
export async function createFileIndex(raw: RawSource): Promise<FileIndex> {
  const prefix = commonFolder(raw.paths);
  const order = naturalOrder(raw.paths);
  const paths = Array.from(order, (file) => (raw.paths[file] as string).slice(prefix.length));
  const images: number[] = [];
  const tables: number[] = [];
  let sniffed = 0;
  for (const [i, path] of paths.entries()) {
    if (IMAGE.test(path)) images.push(i);
    else if (TABLE.test(path)) tables.push(i);
    else if (!/\.[^/]*$/.test(path) && sniffed < SNIFFED) {
      sniffed += 1;
      if (await sniff(raw, order[i] as number)) images.push(i);
    }
  }
  if (images.length === 0) for (const [i, path] of paths.entries()) if (ARRAY.test(path)) images.push(i);
  if (images.length === 0) images.push(...(await matrixFiles(paths, (i) => raw.read(order[i] as number))));
  const text = `${paths.join("\n")}\n${await fingerprint(raw, order)}`;
  const rootName = prefix.split("/").at(-2) ?? raw.name;
  const places = new Map(paths.map((path, i) => [path, i]));
  const problems = [...raw.problems];
  if (raw.junk > 0)
    problems.push(
      problem("SOURCE_JUNK", {
        title: `${raw.junk.toLocaleString("en")} hidden or system ${raw.junk === 1 ? "file was" : "files were"} passed over.`,
        total: raw.junk,
      }),
    );
  return {
    info: {
      name: raw.name,
      kind: raw.kind,
      files: paths.length,
      images: images.length,
      tables: tables.length,
      bytes: raw.bytes,
      problems,
    },
    identity: `${raw.kind}-${hex(hashString(text))}${hex(hashString(`${paths.length}:${text}`))}`,
    rootName,
    paths,
    images: Int32Array.from(images),
    tables: Int32Array.from(tables),
    find: (path) => places.get(path) ?? -1,
    read: (file) => raw.read(order[file] as number),
  };
}
