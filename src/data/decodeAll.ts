// Decodes every picture of a block once, before training: fills the cache and finds what cannot be read.
import { ProblemError } from "../base/problem";
import type { SkippedItem } from "../spec/dataReport";
import { problem } from "../spec/problems";
import { foundIn, type Dataset, type Found } from "./dataset";
import { inOrder } from "./decode/inOrder";

/** Beyond so many pictures nobody looks for copies: the list would grow large. */
const MOST_HASHES = 20_000;

/** What decoding found; plain, so that it can be kept beside the cached pixels. */
export interface DecodeOutcome {
  readonly skipped: readonly (SkippedItem & { readonly item: number })[];
  /** Paths by code of what is worth saying about pictures that are used. */
  readonly notes: readonly (readonly [code: string, paths: readonly string[]])[];
  /** How each picture looks, by item. */
  readonly hashes?: readonly (readonly [item: number, hash: string])[];
}

export interface DecodeProgress {
  readonly phase: "decoding";
  readonly done: number;
  readonly total: number;
}

export interface DecodeAllOptions {
  /** Decoders that work side by side. */
  readonly parallel: number;
  readonly earlier: DecodeOutcome | null;
  readonly onProgress: ((progress: DecodeProgress) => void) | undefined;
  readonly signal: AbortSignal | undefined;
}

/** Fills the dataset's cache with the given items, in order; items that were found unreadable earlier are not tried again. */
export async function decodeAll(
  dataset: Dataset,
  items: readonly number[],
  { parallel, earlier, onProgress, signal }: DecodeAllOptions,
): Promise<DecodeOutcome> {
  const { cache } = dataset;
  // Files that were away or changing may be there by now.
  const damaged = earlier?.skipped.filter(({ code }) => !code.startsWith("SOURCE_"));
  const skipped = new Map(damaged?.map((one) => [one.item, one]));
  const notes = new Map(earlier?.notes.map(([code, paths]) => [code, [...paths]]));
  const hashes = new Map(earlier?.hashes);
  const tell = (item: number, { notes: codes, hash }: Found): void => {
    if (hash !== null && hashes.size < MOST_HASHES) hashes.set(item, hash);
    for (const code of codes) {
      const paths = notes.get(code);
      if (paths === undefined) notes.set(code, [dataset.path(item)]);
      else paths.push(dataset.path(item));
    }
  };
  const record = new Uint8Array(dataset.bytes + dataset.targetBytes);
  // What a person has looked at already is not decoded again, but what was found then counts too.
  for (const item of items) {
    const found = dataset.looked.get(item);
    if (found === undefined || !cache.read(item, record, 0)) continue;
    cache.write(item, record);
    tell(item, found);
    dataset.looked.delete(item);
  }
  const todo = items.filter((item) => !cache.has(item) && !skipped.has(item));
  let done = items.length - todo.length;
  if (todo.length > 0) onProgress?.({ phase: "decoding", done, total: items.length });
  const task = async (i: number) => {
    const item = todo[i] as number;
    return { item, decoded: await dataset.decode(item, signal) };
  };
  let gone = 0;
  for await (const { item, decoded } of inOrder(todo.length, parallel * 2, task, signal)) {
    if (decoded.ok) {
      cache.write(item, dataset.record(decoded));
      tell(item, hashes.size < MOST_HASHES ? foundIn(decoded) : { notes: decoded.notes, hash: null });
    } else {
      skipped.set(item, { item, path: dataset.path(item), code: decoded.code, reason: decoded.reason });
      if (decoded.code === "SOURCE_GONE" || decoded.code === "SOURCE_FILE_GONE") gone += 1;
    }
    done += 1;
    onProgress?.({ phase: "decoding", done, total: items.length });
  }
  if (todo.length > 0) cache.flush();
  // A folder that was unplugged must not pass for one with fewer pictures.
  if (gone > todo.length / 2)
    throw new ProblemError(
      problem("SOURCE_GONE", { items: [...skipped.values()].map(({ path }) => path), total: gone }),
    );
  return { skipped: [...skipped.values()].sort((a, b) => a.item - b.item), notes: [...notes], hashes: [...hashes] };
}
