// How a 7z says where its packed streams lie, how they were packed, and which files they hold one after another.
import { Damaged } from "../bytes/byteReader";
import type { HeaderReader } from "./headerReader";

export interface Coder {
  /** The method's id in hexadecimal. */
  readonly method: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly properties: Uint8Array;
}

/** What 7z calls a folder: coders in a chain that unpack one stream. */
export interface Folder {
  readonly coders: readonly Coder[];
  /** [input, output] pairs: that input takes what that output gives. */
  readonly bonds: readonly (readonly [number, number])[];
  /** Number of packed streams that it takes. */
  readonly packed: number;
  /** Unpacked size of each output. */
  sizes: readonly number[];
  crc: number | null;
}

export interface Streams {
  /** Where the first packed stream begins, behind the 32 bytes of the start header. */
  readonly from: number;
  readonly packSizes: readonly number[];
  readonly folders: readonly Folder[];
  /** Sizes and checksums of the files in each folder. */
  readonly files: readonly (readonly { readonly size: number; readonly crc: number | null }[])[];
}

const END = 0;
const PACK = 6;
const UNPACK = 7;
const SUBSTREAMS = 8;
const SIZE = 9;
const CRC = 10;
const FOLDER = 11;
const UNPACK_SIZE = 12;
const UNPACK_COUNT = 13;
const MAX_CODERS = 8;

function expect(found: number, wanted: number): void {
  if (found !== wanted) throw new Damaged(`header property ${found} where ${wanted} belongs`);
}

function checksums(reader: HeaderReader, n: number): (number | null)[] {
  return reader.optionalBits(n).map((there) => (there ? reader.u32() : null));
}

function readCoder(reader: HeaderReader): Coder {
  const flags = reader.byte();
  const method = Array.from(reader.take(flags & 15), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const [inputs, outputs] = (flags & 16) !== 0 ? [reader.count(MAX_CODERS), reader.count(MAX_CODERS)] : [1, 1];
  const properties = (flags & 32) !== 0 ? reader.take(reader.number()) : new Uint8Array();
  if ((flags & 192) !== 0) throw new Damaged("no such coder");
  return { method, inputs, outputs, properties };
}

function readFolder(reader: HeaderReader): Folder {
  const coders = Array.from({ length: reader.count(MAX_CODERS) }, () => readCoder(reader));
  const inputs = coders.reduce((sum, coder) => sum + coder.inputs, 0);
  const outputs = coders.reduce((sum, coder) => sum + coder.outputs, 0);
  if (coders.length === 0 || outputs === 0) throw new Damaged("a folder without coders");
  const bonds = Array.from({ length: outputs - 1 }, () => [reader.number(), reader.number()] as const);
  const packed = inputs - bonds.length;
  if (packed < 1) throw new Damaged("a folder without input");
  if (packed > 1) for (let i = 0; i < packed; i += 1) reader.number();
  return { coders, bonds, packed, sizes: [], crc: null };
}

function readFolders(reader: HeaderReader): Folder[] {
  expect(reader.number(), FOLDER);
  const count = reader.count(reader.left());
  if (reader.byte() !== 0) throw new Damaged("folders elsewhere");
  const folders = Array.from({ length: count }, () => readFolder(reader));
  expect(reader.number(), UNPACK_SIZE);
  for (const folder of folders) {
    const outputs = folder.coders.reduce((sum, coder) => sum + coder.outputs, 0);
    folder.sizes = Array.from({ length: outputs }, () => reader.number());
  }
  let property = reader.number();
  if (property === CRC) {
    for (const [i, crc] of checksums(reader, count).entries()) (folders[i] as Folder).crc = crc;
    property = reader.number();
  }
  expect(property, END);
  return folders;
}

/** Size of what a folder gives in the end: of the output that nothing takes. */
export function finalSize(folder: Folder): number {
  const taken = new Set(folder.bonds.map(([, output]) => output));
  return folder.sizes.find((_, output) => !taken.has(output)) ?? 0;
}

function readFiles(reader: HeaderReader, folders: readonly Folder[]): Streams["files"] {
  let property = reader.number();
  let counts = folders.map(() => 1);
  if (property === UNPACK_COUNT) {
    counts = folders.map(() => reader.count(2 ** 24));
    property = reader.number();
  }
  const sizes = folders.map((folder, i) => {
    const count = counts[i] as number;
    if (count === 0) return [];
    if (count > 1 && (property !== SIZE || count - 1 > reader.left())) throw new Damaged("sizes are missing");
    const all = Array.from({ length: count - 1 }, () => reader.number());
    const last = finalSize(folder) - all.reduce((sum, size) => sum + size, 0);
    if (last < 0) throw new Damaged("files are larger than their folder");
    return [...all, last];
  });
  if (property === SIZE) property = reader.number();
  // A folder of one file has its checksum already.
  const known = folders.map((folder, i) => counts[i] === 1 && folder.crc !== null);
  const unknown = counts.reduce((sum, count, i) => sum + (known[i] === true ? 0 : count), 0);
  let said: (number | null)[] = [];
  for (; property !== END; property = reader.number())
    if (property === CRC) said = checksums(reader, unknown);
    else reader.take(reader.number());
  let next = 0;
  return sizes.map((all, i) =>
    all.map((size) => ({ size, crc: known[i] === true ? (folders[i] as Folder).crc : (said[next++] ?? null) })),
  );
}

/** The streams of a header. */
export function readStreams(reader: HeaderReader): Streams {
  let from = 0;
  let packSizes: number[] = [];
  let folders: Folder[] = [];
  let files: Streams["files"] | null = null;
  for (let property = reader.number(); property !== END; property = reader.number()) {
    if (property === PACK) {
      from = reader.number();
      const count = reader.count(reader.left());
      for (let inner = reader.number(); inner !== END; inner = reader.number())
        if (inner === SIZE) packSizes = Array.from({ length: count }, () => reader.number());
        else if (inner === CRC) checksums(reader, count);
        else throw new Damaged("no such property of packed streams");
    } else if (property === UNPACK) folders = readFolders(reader);
    else if (property === SUBSTREAMS) files = readFiles(reader, folders);
    else throw new Damaged("no such property of streams");
  }
  files ??= folders.map((folder) => [{ size: finalSize(folder), crc: folder.crc }]);
  if (folders.reduce((sum, { packed }) => sum + packed, 0) > packSizes.length)
    throw new Damaged("packed streams are missing");
  return { from, packSizes, folders, files };
}
