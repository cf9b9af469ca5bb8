// LZMA and LZMA2 streams as 7z holds them: without a header of their own, of a known size.
import { ArchiveFault } from "../archive/fault";
import { ByteReader, CutOff, Damaged } from "../bytes/byteReader";
import { LzmaDecoder } from "./lzmaDecoder";

/** A larger window than any packer takes by itself would fill the memory. */
const MAX_WINDOW = 2 ** 29;
const PIECE = 2 ** 20;

const windowOf = (dictionary: number, size: number): number => {
  const bytes = Math.min(dictionary, Math.max(size, 1));
  if (bytes > MAX_WINDOW)
    throw new ArchiveFault("SEVENZ_METHOD", "Unpacking it would take more than 512 MB of memory at once.");
  return bytes;
};

/** Pieces of an LZMA stream of `size` bytes, each valid until the next is asked for. */
export async function* lzma(input: ByteReader, properties: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  if (properties.length < 5) throw new Damaged("no LZMA properties");
  const dictionary = new DataView(properties.buffer, properties.byteOffset, 5).getUint32(1, true);
  const decoder = new LzmaDecoder(input, windowOf(dictionary, size));
  decoder.setProperties(properties[0] as number);
  await input.fill(5);
  decoder.range.begin();
  for (let left = size; left > 0;) {
    const { made, ended } = decoder.run(Math.min(left, PIECE));
    left -= made;
    const piece = decoder.output();
    if (piece.length > 0) yield piece;
    if (ended && left > 0) throw new CutOff(`${left} bytes fewer than stated`);
    if (made === 0) {
      if (input.last) throw new CutOff("LZMA is cut off");
      await input.fill(input.left + 1);
    }
  }
}

/** Size of the window from LZMA2's one byte of properties. */
function lzma2Window(byte: number): number {
  if (byte > 40) throw new Damaged("no such LZMA2 window");
  return byte === 40 ? 0xffffffff : (2 | (byte & 1)) * 2 ** (Math.floor(byte / 2) + 11);
}

/** Pieces of an LZMA2 stream of `size` bytes, each valid until the next is asked for. */
export async function* lzma2(input: ByteReader, properties: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  const decoder = new LzmaDecoder(input, windowOf(lzma2Window(properties[0] ?? 255), size));
  let left = size;
  let ready = false;
  for (let chunks = 0; ; chunks += 1) {
    await input.fill(6);
    const control = input.byte();
    if (control === 0) {
      if (left > 0) throw new CutOff(`${left} bytes fewer than stated`);
      return;
    }
    if (control === 1 || control >= 0xe0) decoder.resetWindow();
    else if (chunks === 0) throw new Damaged("LZMA2 begins in the middle");
    const isPacked = control >= 0x80;
    if (!isPacked && control > 2) throw new Damaged("no such LZMA2 chunk");
    let unpacked = (isPacked ? (control & 0x1f) << 16 : 0) + (input.byte() << 8) + input.byte() + 1;
    if (unpacked > left) throw new Damaged("LZMA2 holds more than stated");
    left -= unpacked;
    if (!isPacked) {
      await input.fill(unpacked);
      while (unpacked > 0) {
        const n = Math.min(unpacked, decoder.room);
        decoder.store(input.take(n));
        unpacked -= n;
        yield decoder.output();
      }
      continue;
    }
    const packed = (input.byte() << 8) + input.byte() + 1;
    await input.fill(packed + 1);
    if (control >= 0xc0) {
      decoder.setProperties(input.byte());
      ready = true;
    } else if (!ready) throw new Damaged("LZMA2 begins in the middle");
    else if (control >= 0xa0) decoder.resetState();
    decoder.range.input = new ByteReader(input.take(packed));
    decoder.range.begin();
    while (unpacked > 0) {
      const { made, ended } = decoder.run(unpacked);
      unpacked -= made;
      yield decoder.output();
      if (ended) throw new Damaged("LZMA2 ends in the middle");
    }
    if (decoder.range.input.left > 0) throw new Damaged("an LZMA2 chunk is longer than its content");
  }
}
