// Gzip (RFC 1952): one member after another, each checked; what follows the last one is noticed.
import { CutOff, Damaged, type ByteReader } from "../bytes/byteReader";
import { ArchiveFault, refuseBomb } from "../archive/fault";
import { crc32 } from "../crc32";
import { inflate } from "../deflate/inflate";

const MAX_TEXT = 1 << 16;

/** True for the first bytes of a gzip member. */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;
}

async function skipText(input: ByteReader): Promise<void> {
  for (let i = 0; i < MAX_TEXT; i += 1) {
    if (input.left === 0) await input.fill(1);
    if (input.byte() === 0) return;
  }
  throw new Damaged("a gzip header without an end");
}

async function skipHeader(input: ByteReader): Promise<void> {
  const head = input.take(10);
  const flags = head[3] as number;
  if (!isGzip(head) || flags > 31) throw new Damaged("no gzip header");
  if (flags & 4) {
    await input.fill(2);
    await input.skip(input.byte() | (input.byte() << 8));
  }
  if (flags & 8) await skipText(input);
  if (flags & 16) await skipText(input);
  if (flags & 2) await input.skip(2);
}

export interface GunzipNotes {
  /** Bytes that are no gzip follow the last member. */
  trailing: boolean;
}

/** Pieces of the unpacked stream, each valid until the next is asked for. */
export async function* gunzip(input: ByteReader, notes: GunzipNotes): AsyncGenerator<Uint8Array> {
  let total = 0;
  for (let members = 0; ; members += 1) {
    await input.fill(10);
    if (members > 0 && input.left === 0) return;
    if (members > 0 && !isGzip(input.bytes.subarray(input.at, input.end))) {
      notes.trailing = true;
      return;
    }
    if (input.left < 10) throw new CutOff("a gzip header is cut off");
    await skipHeader(input);
    let crc = 0;
    let size = 0;
    for await (const piece of inflate(input)) {
      crc = crc32(piece, crc);
      size += piece.length;
      refuseBomb(total + size, input.position);
      yield piece;
    }
    total += size;
    await input.fill(8);
    const tail = input.take(8);
    const view = new DataView(tail.buffer, tail.byteOffset, 8);
    if (view.getUint32(0, true) !== crc || view.getUint32(4, true) !== size % 2 ** 32)
      throw new ArchiveFault("ARCHIVE_CRC");
  }
}
