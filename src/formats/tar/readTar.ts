// Walks a tar from front to back and tells where its files lie; nothing but headers is kept.
import { problem, type ProblemCode } from "../../spec/problems";
import { ArchiveFault } from "../archive/fault";
import { numberDoubles, type Stretches } from "../archive/stretches";
import type { ByteReader } from "../bytes/byteReader";
import { note } from "../zip/directory";
import { cleanPath, decodeName, pathFault } from "../zip/entryName";
import { readPax } from "./pax";
import { BLOCK, checkSize, isZero, readTarHeader } from "./tarHeader";

const MAX_RECORDS = 2 ** 20;
const MAX_FILES = 2 ** 22;
const FILES = new Set(["0", "7"]);
const PASSED_SILENTLY = new Set(["5", "D", "V", "M", "N", "g", "x", "L", "K", "X"]);

export interface ReadTarOptions {
  /** Called every few hundred files. */
  readonly onProgress?: (files: number) => void;
  readonly signal?: AbortSignal;
}

type PassedOver = Map<Extract<ProblemCode, "TAR_BAD_PATH" | "TAR_LINK" | "ZIP_DEPTH">, string[]>;

async function block(input: ByteReader): Promise<Uint8Array | null> {
  await input.fill(BLOCK);
  if (input.position === 0 && input.left < BLOCK) throw new ArchiveFault("ARCHIVE_CORRUPT");
  return input.left === 0 ? null : input.take(BLOCK);
}

/** The content behind a header that only describes the next one. */
async function records(input: ByteReader, size: number): Promise<Uint8Array> {
  if (size > MAX_RECORDS) throw new ArchiveFault("TAR_SIZE");
  await input.fill(size);
  return input.take(size).slice();
}

const padding = (size: number): number => (BLOCK - (size % BLOCK)) % BLOCK;
const zeroEnded = (bytes: Uint8Array): Uint8Array => {
  const end = bytes.indexOf(0);
  return end < 0 ? bytes : bytes.subarray(0, end);
};

/** The files of the tar that the reader stands at; throws ArchiveFault, CutOff or Damaged. */
export async function readTar(input: ByteReader, { onProgress, signal }: ReadTarOptions = {}): Promise<Stretches> {
  const names: string[] = [];
  const offsets: number[] = [];
  const sizes: number[] = [];
  const passedOver: PassedOver = new Map();
  let everywhere = new Map<string, string>();
  let next = new Map<string, string>();
  for (let count = 0; ; count += 1) {
    const bytes = await block(input);
    // Many writers leave the two empty blocks at the end out.
    if (bytes === null) break;
    if (isZero(bytes)) break;
    const head = readTarHeader(bytes, count === 0);
    if (head.type === "x" || head.type === "g" || head.type === "L" || head.type === "K") {
      const content = await records(input, head.size);
      if (head.type === "L") next.set("path", decodeName(zeroEnded(content)));
      else if (head.type === "x") next = new Map([...next, ...readPax(content)]);
      else if (head.type === "g") everywhere = new Map([...everywhere, ...readPax(content)]);
      await input.skip(padding(head.size));
      continue;
    }
    const said = (key: string): string | undefined => next.get(key) ?? everywhere.get(key);
    const size = said("size") === undefined ? head.size : checkSize(Number(said("size")));
    const sparse = head.type === "S" || [...next.keys()].some((key) => key.startsWith("GNU.sparse."));
    const stated = said("path") ?? head.name;
    const name = cleanPath(stated);
    const isFolder = stated.endsWith("/");
    const fault = isFolder || PASSED_SILENTLY.has(head.type) ? null : pathFault(name);
    if (fault === "ZIP_BAD_PATH") note(passedOver, "TAR_BAD_PATH", name.slice(0, 200));
    else if (sparse || (!FILES.has(head.type) && !PASSED_SILENTLY.has(head.type)))
      note(passedOver, "TAR_LINK", name.slice(0, 200));
    else if (FILES.has(head.type) && !isFolder && name !== "") {
      if (fault === "ZIP_DEPTH") note(passedOver, "ZIP_DEPTH", name.slice(0, 200));
      names.push(name);
      offsets.push(input.position);
      sizes.push(size);
      if (names.length > MAX_FILES) throw new ArchiveFault("ARCHIVE_CORRUPT");
      if (names.length % 500 === 0) {
        onProgress?.(names.length);
        signal?.throwIfAborted();
      }
    }
    next = new Map();
    // Links and folders have no content, whatever size they state.
    const content = /[1-6]/.test(head.type) ? 0 : size;
    await input.skip(content);
    // Some writers cut the last padding off.
    await input.fill(padding(content));
    await input.skip(Math.min(padding(content), input.left));
  }
  const doubles = numberDoubles(names);
  const problems = [...passedOver].map(([code, items]) => problem(code, { items }));
  if (doubles.length > 0) problems.push(problem("ZIP_DUP_NAME", { items: doubles }));
  return { names, offsets, sizes, problems };
}
