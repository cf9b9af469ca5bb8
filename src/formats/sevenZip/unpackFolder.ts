// Runs the coders of a 7z folder one behind the other.
import { ArchiveFault } from "../archive/fault";
import { blobPieces } from "../bytes/blobPieces";
import { ByteReader, CutOff, Damaged } from "../bytes/byteReader";
import { inflate } from "../deflate/inflate";
import { lzma, lzma2 } from "../lzma/lzma";
import { BRANCH_FILTERS, delta, filtered } from "./filters";
import type { Coder, Folder } from "./streams";

const AES = "06f10701";
const COPY = "00";

type Decode = (input: AsyncIterable<Uint8Array>, properties: Uint8Array, size: number) => AsyncIterable<Uint8Array>;

const METHODS: ReadonlyMap<string, Decode> = new Map<string, Decode>([
  [COPY, (input) => input],
  ["030101", (input, properties, size) => lzma(new ByteReader(input), properties, size)],
  ["21", (input, properties, size) => lzma2(new ByteReader(input), properties, size)],
  ["040108", (input) => inflate(new ByteReader(input))],
  ["040109", (input) => inflate(new ByteReader(input), true)],
  ["03", (input, properties) => filtered(input, delta(properties))],
  ...[...BRANCH_FILTERS].map(([id, filter]) => [id, (input) => filtered(input, filter())] satisfies [string, Decode]),
]);

/** What people call the methods that are not read. */
const FOREIGN: ReadonlyMap<string, string> = new Map([
  ["030401", "PPMd"],
  ["040202", "bzip2"],
  ["0303011b", "BCJ2"],
  ["04f71101", "Zstandard"],
  ["04f71102", "Brotli"],
  ["04f71104", "LZ4"],
  ["04f71105", "LZ5"],
  ["06", "a filter for Itanium"],
  ["0b", "a filter for RISC-V"],
]);

/** The coders of a folder from the packed stream to its files; throws where one of them is not read. */
function chain({ coders, bonds, packed }: Folder): readonly { readonly coder: Coder; readonly place: number }[] {
  for (const { method } of coders) {
    if (method === AES) throw new ArchiveFault("ARCHIVE_ENCRYPTED");
    if (METHODS.has(method)) continue;
    const name = FOREIGN.get(method) ?? `method ${method}`;
    throw new ArchiveFault(
      "SEVENZ_METHOD",
      `It is packed with ${name}: pack it again with LZMA2, as 7-Zip does by itself.`,
    );
  }
  if (packed !== 1 || coders.some(({ inputs, outputs }) => inputs !== 1 || outputs !== 1))
    throw new Damaged("coders with several streams");
  const taken = new Set(bonds.map(([, output]) => output));
  const order: { coder: Coder; place: number }[] = [];
  let at: number | undefined = coders.findIndex((_, output) => !taken.has(output));
  for (; at !== undefined && order.length <= coders.length; at = bonds.find(([input]) => input === at)?.[1])
    order.unshift({ coder: coders[at] as Coder, place: at });
  if (order.length !== coders.length || order.some(({ coder }) => coder === undefined))
    throw new Damaged("coders in a ring");
  return order;
}

/** Throws where a folder is locked or of a foreign method. */
export function checkFolder(folder: Folder): void {
  chain(folder);
}

/** Pieces of what a folder unpacks to, each valid until the next is asked for; never more than it states. */
export async function* unpackFolder(
  blob: Blob,
  from: number,
  packedSize: number,
  folder: Folder,
): AsyncGenerator<Uint8Array> {
  let pieces: AsyncIterable<Uint8Array> = blobPieces(blob, from, from + packedSize);
  let left = 0;
  for (const { coder, place } of chain(folder)) {
    const size = folder.sizes[place] as number;
    pieces = (METHODS.get(coder.method) as Decode)(pieces, coder.properties, size);
    left = size;
  }
  for await (const piece of pieces) {
    const taken = piece.length > left ? piece.subarray(0, left) : piece;
    left -= taken.length;
    yield taken;
    if (left === 0) return;
  }
  if (left > 0) throw new CutOff(`${left} bytes fewer than stated`);
}
