// Reads one entry of a zip: inflates it, counts its bytes, checks its CRC.
import type { Problem } from "../../base/problem";
import { err, ok, type Result } from "../../base/result";
import { problem, type ProblemCode } from "../../spec/problems";
import { blobPieces } from "../bytes/blobPieces";
import { crc32 } from "../crc32";
import type { ZipColumns } from "./directory";
import { viewOf } from "./endRecord";
import { DEFLATE, methodName, STORED } from "./methods";

const LOCAL = 0x04034b50;
/** Stored files above this size are read in place and never held as a whole: archives inside of archives. */
const LARGE = 32 * 2 ** 20;
/** No picture and no table is larger; what is stored and larger is an archive, which has checksums of its own. */
const MAX_ENTRY = 2 ** 30;

/** All bytes of a stream, or null once there are more than `size`. */
async function collect(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  size: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const bytes = new Uint8Array(size);
  let at = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return at === size ? bytes : null;
    if (at + value.length > size) {
      await reader.cancel();
      return null;
    }
    bytes.set(value, at);
    at += value.length;
  }
}

/** The entry's content; every fault names the entry. */
export async function readEntry(blob: Blob, columns: ZipColumns, entry: number): Promise<Result<Blob, Problem>> {
  const name = columns.names[entry] as string;
  const refuse = (code: ProblemCode, detail?: string): Result<Blob, Problem> =>
    err(problem(code, { items: [name], ...(detail === undefined ? {} : { detail }) }));
  const method = columns.methods[entry] as number;
  if ((columns.flags[entry] as number) & 1) return refuse("ZIP_ENCRYPTED");
  if (method !== STORED && method !== DEFLATE) return refuse("ZIP_METHOD", `It is packed with ${methodName(method)}.`);
  const size = columns.sizes[entry] as number;
  const packed = columns.packed[entry] as number;
  const offset = columns.offsets[entry] as number;
  if (method === DEFLATE && size > MAX_ENTRY)
    return refuse("ZIP_BOMB", "One file in it would unpack to more than a gigabyte.");
  const local = await viewOf(blob, offset, offset + 30);
  if (local.byteLength < 30 || local.getUint32(0, true) !== LOCAL || local.getUint16(8, true) !== method)
    return refuse("ZIP_ENTRY");
  const from = offset + 30 + local.getUint16(26, true) + local.getUint16(28, true);
  const data = blob.slice(from, from + packed);
  if (data.size !== packed) return refuse("ZIP_TRUNCATED");
  if (method === STORED && packed !== size) return refuse("ZIP_SIZE_LIES");
  if (method === STORED && size > LARGE) {
    if (size > MAX_ENTRY) return ok(data);
    let crc = 0;
    for await (const piece of blobPieces(data)) crc = crc32(piece, crc);
    return crc === columns.crcs[entry] ? ok(data) : refuse("ZIP_CRC");
  }
  let bytes: Uint8Array<ArrayBuffer> | null;
  try {
    if (method === STORED) bytes = new Uint8Array(await data.arrayBuffer());
    else {
      const inflate = new DecompressionStream("deflate-raw");
      bytes = await collect(data.stream().pipeThrough(inflate), size);
    }
  } catch (thrown) {
    if (thrown instanceof DOMException) throw thrown;
    return refuse("ZIP_CRC", "It cannot be unpacked to what was packed.");
  }
  if (bytes === null) return refuse("ZIP_SIZE_LIES");
  if (crc32(bytes) !== columns.crcs[entry]) return refuse("ZIP_CRC");
  return ok(new Blob([bytes]));
}
