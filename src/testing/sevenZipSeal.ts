// Damages to a 7z that its checksums do not give away: the checksums are made to fit afterwards.
import { ByteReader } from "../formats/bytes/byteReader";
import { crc32 } from "../formats/crc32";
import { packedFrom } from "../formats/sevenZip/header";
import { headerReader } from "../formats/sevenZip/headerReader";
import { readStreams } from "../formats/sevenZip/streams";
import { unpackFolder } from "../formats/sevenZip/unpackFolder";

const START = 32;
type Bytes = Uint8Array<ArrayBuffer>;

/** Where the header of an archive lies, as far as it lies in the file. */
function headerPlace(view: DataView): readonly [from: number, to: number] | null {
  if (view.byteLength <= START) return null;
  const from = START + Number(view.getBigUint64(12, true));
  const to = from + Number(view.getBigUint64(20, true));
  return to <= view.byteLength && from < to ? [from, to] : null;
}

/** The same bytes with checksums of the header and of the start header that fit them. */
export function resealed(bytes: Bytes): Bytes {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const place = headerPlace(view);
  if (place === null) return bytes;
  view.setUint32(28, crc32(bytes.subarray(...place)), true);
  view.setUint32(8, crc32(bytes.subarray(12, START)), true);
  return bytes;
}

/** The archive with its header unpacked, so that damage reaches every field of it. */
export async function withPlainHeader(bytes: Bytes): Promise<Bytes> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const place = headerPlace(view);
  if (place === null || bytes[place[0]] !== 23) return bytes;
  const streams = readStreams(headerReader(bytes.subarray(place[0] + 1, place[1])));
  const [folder] = streams.folders;
  if (folder === undefined) return bytes;
  const pieces = unpackFolder(new Blob([bytes]), packedFrom(streams, 0), streams.packSizes[0] as number, folder);
  const reader = new ByteReader(pieces);
  await reader.fill(Number.MAX_SAFE_INTEGER);
  const header = reader.take(reader.left);
  const out = new Uint8Array(place[0] + header.length);
  out.set(bytes.subarray(0, place[0]));
  out.set(header, place[0]);
  new DataView(out.buffer).setBigUint64(20, BigInt(header.length), true);
  return resealed(out);
}
