// Writes a solid 7z whose files are stored, one after the other.
import { crc32 } from "../formats/crc32";

type Bytes = Uint8Array<ArrayBuffer>;

/** A number as 7z writes it: the first byte says by its leading ones how many more there are. */
function number(value: number): number[] {
  if (value < 0x80) return [value];
  const bytes = [0xff];
  for (let k = 0, rest = value; k < 8; k += 1, rest = Math.floor(rest / 256)) bytes.push(rest % 256);
  return bytes;
}

const le = (value: number): number[] => [0, 8, 16, 24].map((shift) => (value >>> shift) & 0xff);

function name(path: string): number[] {
  const bytes: number[] = [];
  for (let i = 0; i < path.length; i += 1) bytes.push(path.charCodeAt(i) & 0xff, path.charCodeAt(i) >> 8);
  return [...bytes, 0, 0];
}

/** The archive: signature, contents, header. */
export function tinySevenZip(files: readonly (readonly [path: string, content: Bytes])[]): Bytes[] {
  const contents = files.map(([, content]) => content);
  const size = contents.reduce((sum, { length }) => sum + length, 0);
  const names = files.flatMap(([path]) => name(path));
  const packed = [6, 0, 1, 9, ...number(size), 0];
  // One folder of one coder: copy.
  const folder = [7, 11, 1, 0, 1, 1, 0, 12, ...number(size), 0];
  const sizes = contents.slice(0, -1).flatMap(({ length }) => number(length));
  const sums = contents.flatMap((content) => le(crc32(content)));
  const counted = files.length > 1 ? [13, ...number(files.length), 9, ...sizes] : [];
  const streams = [4, ...packed, ...folder, 8, ...counted, 10, 1, ...sums, 0, 0];
  const listed = [5, ...number(files.length), 17, ...number(names.length + 1), 0, ...names, 0];
  const header = Uint8Array.from([1, ...streams, ...listed, 0]);
  const start = new Uint8Array(32);
  start.set([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4]);
  const view = new DataView(start.buffer);
  view.setBigUint64(12, BigInt(size), true);
  view.setBigUint64(20, BigInt(header.length), true);
  view.setUint32(28, crc32(header), true);
  view.setUint32(8, crc32(start.subarray(12)), true);
  return [start, ...contents, header];
}
