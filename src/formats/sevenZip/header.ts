// Finds and reads the header of a 7z, which lies at its end and is itself packed as a rule.
import { ArchiveFault, refuseBomb } from "../archive/fault";
import { CutOff, Damaged } from "../bytes/byteReader";
import { crc32 } from "../crc32";
import { headerReader, type HeaderReader } from "./headerReader";
import { readEntries, type FileEntry } from "./names";
import { finalSize, readStreams, type Folder, type Streams } from "./streams";
import { unpackFolder } from "./unpackFolder";

const SIGNATURE = [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c];
/** Behind these bytes all positions count. */
export const START = 32;
const HEADER = 1;
const PROPERTIES = 2;
const ADDITIONAL = 3;
const MAIN = 4;
const FILES = 5;
const PACKED = 23;
const MAX_HEADER = 2 ** 28;
const MAX_NESTING = 4;

export interface SevenZipHeader {
  readonly streams: Streams;
  readonly entries: readonly FileEntry[];
}

/** True for the first bytes of a 7z. */
export function isSevenZip(head: Uint8Array): boolean {
  return SIGNATURE.every((byte, i) => head[i] === byte);
}

async function bytesOf(blob: Blob, from: number, size: number): Promise<Uint8Array> {
  if (from + size > blob.size) throw new CutOff("the end is missing");
  if (size > MAX_HEADER) throw new Damaged("the header is impossibly large");
  return new Uint8Array(await blob.slice(from, from + size).arrayBuffer());
}

/** Where packed stream `index` begins. */
export function packedFrom(streams: Streams, index: number): number {
  let from = START + streams.from;
  for (let i = 0; i < index; i += 1) from += streams.packSizes[i] as number;
  return from;
}

async function unpacked(blob: Blob, streams: Streams): Promise<Uint8Array> {
  const [folder] = streams.folders;
  const [packed] = streams.packSizes;
  if (folder === undefined || packed === undefined) throw new Damaged("a packed header without a stream");
  const size = finalSize(folder);
  if (size > MAX_HEADER) throw new Damaged("the header is impossibly large");
  refuseBomb(size, packed * 4);
  const bytes = new Uint8Array(size);
  let at = 0;
  for await (const piece of unpackFolder(blob, packedFrom(streams, 0), packed, folder)) {
    bytes.set(piece, at);
    at += piece.length;
  }
  if (folder.crc !== null && crc32(bytes) !== folder.crc) throw new Damaged("the header's checksum is wrong");
  return bytes;
}

function skipProperties(reader: HeaderReader): void {
  while (reader.number() !== 0) reader.take(reader.number());
}

/** The header; null for an archive that holds nothing. Throws ArchiveFault, CutOff or Damaged. */
export async function readSevenZipHeader(blob: Blob, unnamed: string): Promise<SevenZipHeader | null> {
  const start = await bytesOf(blob, 0, START);
  if (!isSevenZip(start)) throw new ArchiveFault("ARCHIVE_CORRUPT");
  const reader = headerReader(start.subarray(8));
  if (reader.u32() !== crc32(start.subarray(12))) throw new Damaged("the start header's checksum is wrong");
  const [offset, size, crc] = [reader.u64(), reader.u64(), reader.u32()];
  if (size === 0) return null;
  let bytes = await bytesOf(blob, START + offset, size);
  if (crc32(bytes) !== crc) throw new Damaged("the header's checksum is wrong");
  for (let level = 0; bytes[0] === PACKED; level += 1) {
    if (level === MAX_NESTING) throw new Damaged("the header is packed too often");
    bytes = await unpacked(blob, readStreams(headerReader(bytes.subarray(1))));
  }
  return readHeader(headerReader(bytes), unnamed);
}

function readHeader(reader: HeaderReader, unnamed: string): SevenZipHeader {
  if (reader.number() !== HEADER) throw new Damaged("no header");
  let streams: Streams = { from: 0, packSizes: [], folders: [], files: [] };
  let entries: FileEntry[] = [];
  for (let property = reader.number(); property !== 0; property = reader.number())
    if (property === PROPERTIES) skipProperties(reader);
    else if (property === ADDITIONAL) readStreams(reader);
    else if (property === MAIN) streams = readStreams(reader);
    else if (property === FILES) entries = readEntries(reader, unnamed);
    else throw new Damaged("no such part of the header");
  return { streams, entries };
}

/** The packed stream of each folder: its place and size. */
export function packedStreams({ streams }: SevenZipHeader): { from: number; size: number; folder: Folder }[] {
  let next = 0;
  return streams.folders.map((folder) => {
    const from = packedFrom(streams, next);
    const size = streams.packSizes[next] as number;
    next += folder.packed;
    return { from, size, folder };
  });
}
