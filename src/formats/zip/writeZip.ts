// Writes a zip of files that are stored as they are: for many small files that are packed already, such as PNGs.
import { crc32 } from "../crc32";

export interface ZipEntry {
  /** With forward slashes. */
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Names are UTF-8. */
const UTF8 = 0x0800;
/** 1 January 1980, the first day that a zip can name: the same files give the same bytes. */
const DAY = 0x0021;
const LOCAL = 30;
const CENTRAL = 46;

interface Placed {
  readonly name: Uint8Array<ArrayBuffer>;
  readonly crc: number;
  readonly size: number;
  readonly at: number;
}

/** Version to 20, flags, method, time and day, checksum, both sizes, length of the name: alike in both kinds of record. */
function common(view: DataView, offset: number, { name, crc, size }: Placed): void {
  view.setUint16(offset, 20, true);
  view.setUint16(offset + 2, UTF8, true);
  view.setUint16(offset + 8, DAY, true);
  view.setUint32(offset + 10, crc, true);
  view.setUint32(offset + 14, size, true);
  view.setUint32(offset + 18, size, true);
  view.setUint16(offset + 22, name.length, true);
}

function localHeader(entry: Placed): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(LOCAL + entry.name.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, 0x04034b50, true);
  common(view, 4, entry);
  out.set(entry.name, LOCAL);
  return out;
}

function centralHeader(entry: Placed): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(CENTRAL + entry.name.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, 0x02014b50, true);
  view.setUint16(4, 20, true);
  common(view, 6, entry);
  view.setUint32(42, entry.at, true);
  out.set(entry.name, CENTRAL);
  return out;
}

/** Where the directory is; with the wide record in front of it from 65,535 files on. */
function endRecords(count: number, size: number, at: number): Uint8Array<ArrayBuffer> {
  const wide = count >= 0xffff;
  const out = new Uint8Array((wide ? 76 : 0) + 22);
  const view = new DataView(out.buffer);
  if (wide) {
    view.setUint32(0, 0x06064b50, true);
    view.setBigUint64(4, 44n, true);
    view.setUint16(12, 45, true);
    view.setUint16(14, 45, true);
    for (const [offset, value] of [[24, count], [32, count], [40, size], [48, at]] as const) view.setBigUint64(offset, BigInt(value), true); // prettier-ignore
    view.setUint32(56, 0x07064b50, true);
    view.setBigUint64(64, BigInt(at + size), true);
    view.setUint32(72, 1, true);
  }
  const end = out.length - 22;
  view.setUint32(end, 0x06054b50, true);
  view.setUint16(end + 8, Math.min(count, 0xffff), true);
  view.setUint16(end + 10, Math.min(count, 0xffff), true);
  view.setUint32(end + 12, size, true);
  view.setUint32(end + 16, at, true);
  return out;
}

/** The archive; together the files may have up to 4 GB. */
export function writeZip(entries: readonly ZipEntry[]): Blob {
  const text = new TextEncoder();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const placed: Placed[] = [];
  let at = 0;
  for (const { path, bytes } of entries) {
    const entry = { name: text.encode(path), crc: crc32(bytes), size: bytes.length, at };
    const header = localHeader(entry);
    placed.push(entry);
    parts.push(header, bytes);
    at += header.length + bytes.length;
  }
  if (at > 0xffffffff) throw new Error("a zip of stored files ends at 4 GB");
  const directory = placed.map(centralHeader);
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  return new Blob([...parts, ...directory, endRecords(entries.length, size, at)], { type: "application/zip" });
}
