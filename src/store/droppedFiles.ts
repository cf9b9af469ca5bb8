// What was dropped, and what it is for: a data source, a recipe, or weights.
import type { Listing, SourceInput } from "../spec/source";

/** One thing that was dropped or chosen. */
export type Dropped =
  | { readonly kind: "directory"; readonly handle: FileSystemDirectoryHandle; readonly listing?: Listing }
  | { readonly kind: "file"; readonly path: string; readonly file: File };

export type Route =
  | { readonly kind: "recipe"; readonly file: File }
  | { readonly kind: "weights"; readonly file: File }
  | { readonly kind: "source"; readonly inputs: readonly SourceInput[] }
  | { readonly kind: "nothing" };

const ARCHIVE = /\.(zip|7z|tar|tgz|gz)$/i;

async function startsLikeZip(file: File): Promise<boolean> {
  const bytes = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

const WEIGHTS = /\.(safetensors|pth|pt|th|pkl|ckpt|npz|h5|gguf)$/i;

/** A safetensors file begins with the length of its JSON header (8 bytes, little endian) and the header's brace. */
async function startsLikeSafetensors(file: File): Promise<boolean> {
  const bytes = new Uint8Array(await file.slice(0, 9).arrayBuffer());
  return bytes.length === 9 && bytes[8] === 0x7b && bytes[6] === 0 && bytes[7] === 0;
}

/** PyTorch's older files and bare pickles (a protocol of 2 to 5) without an ending; as .bin, its zips too. */
async function startsLikePickle(file: File): Promise<boolean> {
  const binary = /\.bin$/i.test(file.name);
  if (file.name.includes(".") && !binary) return false;
  if (binary && (await startsLikeZip(file))) return true;
  const bytes = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  const protocol = bytes[1] ?? 0;
  return bytes[0] === 0x80 && protocol >= 2 && protocol <= 5;
}

/** The name of a heap of files: their common top folder, or how many they are. */
export function heapName(paths: readonly string[]): string {
  const tops = new Set(paths.map((path) => (path.includes("/") ? path.split("/")[0] : undefined)));
  const [top] = tops;
  if (tops.size === 1 && top !== undefined) return top;
  const [only] = paths;
  return paths.length === 1 && only !== undefined ? only : `${paths.length} files`;
}

/** Decides by content first and by name second; a single file may be a recipe or weights, several are data. */
export async function routeDropped(dropped: readonly Dropped[]): Promise<Route> {
  const [first] = dropped;
  if (!first) return { kind: "nothing" };
  if (dropped.length === 1 && first.kind === "file") {
    const { file } = first;
    if (/\.json$/i.test(file.name)) return { kind: "recipe", file };
    if (WEIGHTS.test(file.name) || (await startsLikeSafetensors(file)) || (await startsLikePickle(file)))
      return { kind: "weights", file };
  }
  const inputs: SourceInput[] = [];
  const loose: { path: string; file: File }[] = [];
  for (const one of dropped) {
    if (one.kind === "directory") inputs.push(one);
    else if (ARCHIVE.test(one.file.name) || (await mightBeArchive(one.file)))
      inputs.push({ kind: "archive", file: one.file });
    else loose.push({ path: one.path, file: one.file });
  }
  if (loose.length > 0) inputs.push({ kind: "files", name: heapName(loose.map(({ path }) => path)), files: loose });
  return { kind: "source", inputs };
}

/** Only nameless types are opened for a look: reading the head of ten thousand pictures would take a while. */
async function mightBeArchive(file: File): Promise<boolean> {
  return file.type === "" && !file.name.includes(".") && (await startsLikeZip(file));
}
