// Filters that make machine code and samples pack better, undone: branches of six processors, and Delta.
import { Damaged } from "../bytes/byteReader";

/** Undoes a filter in place; `at` is the place of the first byte in the stream. Returns how many bytes are settled. */
export type Filter = (bytes: Uint8Array, at: number) => number;

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

/** A filter over aligned instructions of `size` bytes. */
function aligned(size: number, undo: (code: DataView, i: number, at: number) => void): () => Filter {
  return () => (bytes, at) => {
    const code = view(bytes);
    const end = bytes.length - (bytes.length % size);
    for (let i = 0; i < end; i += size) undo(code, i, at + i);
    return end;
  };
}

const arm = aligned(4, (code, i, at) => {
  if (code.getUint8(i + 3) !== 0xeb) return;
  const target = code.getUint32(i, true) & 0xffffff;
  const moved = ((target << 2) - (at + 8)) >> 2;
  code.setUint32(i, 0xeb000000 | (moved & 0xffffff), true);
});

const arm64 = aligned(4, (code, i, at) => {
  const word = code.getUint32(i, true);
  if (word >>> 26 === 0x25) code.setUint32(i, 0x94000000 | ((word - (at >>> 2)) & 0x03ffffff), true);
  else if ((word & 0x9f000000) >>> 0 === 0x90000000) {
    // ADRP: its 21 bits lie in two places; only those within 512 MiB were changed.
    const value = ((word >>> 29) & 3) | ((word >>> 3) & 0x1ffffc);
    if (((value + 0x20000) & 0x1c0000) !== 0) return;
    const moved = value - (at >>> 12);
    const kept = word & 0x9000001f;
    const sign = (0 - (moved & 0x20000)) & 0xe00000;
    code.setUint32(i, kept | ((moved & 3) << 29) | ((moved & 0x3fffc) << 3) | sign, true);
  }
});

const powerpc = aligned(4, (code, i, at) => {
  const word = code.getUint32(i);
  if ((word & 0xfc000003) >>> 0 !== 0x48000001) return;
  code.setUint32(i, 0x48000001 | (((word & 0x03fffffc) - at) & 0x03fffffc));
});

const sparc = aligned(4, (code, i, at) => {
  const word = code.getUint32(i);
  if (word >>> 22 !== 0x100 && word >>> 22 !== 0x1ff) return;
  const moved = ((word << 2) - at) >>> 2;
  code.setUint32(i, ((((0 - ((moved >>> 22) & 1)) << 22) & 0x3fffffff) | (moved & 0x3fffff) | 0x40000000) >>> 0);
});

/** Thumb: pairs of half-words, each at any even place. */
const thumb = (): Filter => (bytes, at) => {
  const code = view(bytes);
  let i = 0;
  for (; i + 4 <= bytes.length; i += 2) {
    const high = code.getUint16(i, true);
    const low = code.getUint16(i + 2, true);
    if ((high & 0xf800) !== 0xf000 || (low & 0xf800) !== 0xf800) continue;
    const target = (((high & 0x7ff) << 11) | (low & 0x7ff)) << 1;
    const moved = (target - (at + i + 4)) >> 1;
    code.setUint16(i, 0xf000 | ((moved >> 11) & 0x7ff), true);
    code.setUint16(i + 2, 0xf800 | (moved & 0x7ff), true);
    i += 2;
  }
  return i;
};

const isSign = (byte: number): boolean => byte === 0 || byte === 0xff;
const ALLOWED = [true, true, true, false, true, false, false, false];
const PLACE = [0, 1, 2, 2, 3, 3, 3, 3];

/** x86: calls and jumps (E8, E9) whose targets were made absolute; near misses keep a mask of what came before. */
const x86 = (): Filter => {
  let mask = 0;
  let before = -5;
  return (bytes, at) => {
    const code = view(bytes);
    if (at - before > 5) before = at - 5;
    let i = 0;
    while (i + 5 <= bytes.length) {
      if ((code.getUint8(i) & 0xfe) !== 0xe8) {
        i += 1;
        continue;
      }
      const distance = at + i - before;
      before = at + i;
      mask = distance > 5 ? 0 : [...Array(distance)].reduce((now: number) => (now & 0x77) << 1, mask);
      const sign = isSign(code.getUint8(i + 4));
      if (!sign || ALLOWED[(mask >> 1) & 7] !== true || mask >> 1 >= 16) {
        mask |= sign ? 0x11 : 1;
        i += 1;
        continue;
      }
      let value = code.getInt32(i + 1, true);
      for (;;) {
        const moved = (value - (at + i + 5)) | 0;
        const shift = (PLACE[mask >> 1] as number) * 8;
        if (mask === 0 || !isSign((moved >>> (24 - shift)) & 0xff)) {
          value = moved;
          break;
        }
        value = moved ^ ((shift === 0 ? 0 : 2 ** (32 - shift)) - 1);
      }
      code.setInt32(i + 1, (value & 0x1ffffff) | ((value & 0x1000000) === 0 ? 0 : 0xfe000000), true);
      i += 5;
      mask = 0;
    }
    return i;
  };
};

/** Delta: each byte is the difference to the one `distance` before it. */
export function delta(properties: Uint8Array): Filter {
  const distance = (properties[0] ?? 0) + 1;
  const history = new Uint8Array(distance);
  let place = 0;
  return (bytes) => {
    for (let i = 0; i < bytes.length; i += 1) {
      const value = ((bytes[i] as number) + (history[place] as number)) & 255;
      bytes[i] = value;
      history[place] = value;
      place = (place + 1) % distance;
    }
    return bytes.length;
  };
}

/** Filters by the id of their method. */
export const BRANCH_FILTERS: ReadonlyMap<string, () => Filter> = new Map([
  ["04", x86],
  ["03030103", x86],
  ["05", powerpc],
  ["03030205", powerpc],
  ["07", arm],
  ["03030501", arm],
  ["08", thumb],
  ["03030701", thumb],
  ["09", sparc],
  ["03030805", sparc],
  ["0a", arm64],
]);

/** Pieces with the filter undone; bytes that are not settled yet wait for the next piece. */
export async function* filtered(pieces: AsyncIterable<Uint8Array>, filter: Filter): AsyncGenerator<Uint8Array> {
  let waiting = new Uint8Array();
  let at = 0;
  for await (const piece of pieces) {
    const bytes = new Uint8Array(waiting.length + piece.length);
    bytes.set(waiting);
    bytes.set(piece, waiting.length);
    const settled = filter(bytes, at);
    if (settled > bytes.length) throw new Damaged("a filter ran over its end");
    at += settled;
    waiting = bytes.slice(settled);
    if (settled > 0) yield bytes.subarray(0, settled);
  }
  if (waiting.length > 0) yield waiting;
}
