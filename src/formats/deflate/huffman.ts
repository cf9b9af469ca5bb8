// Canonical Huffman codes of deflate (RFC 1951 §3.2.2) as one lookup table each.
import { Damaged } from "../bytes/byteReader";

export interface HuffmanTable {
  /** Symbol × 16 + length, by the next `bits` bits of the stream; 0 where no code begins so. */
  readonly entries: Uint16Array;
  readonly bits: number;
}

/** The table of code lengths; over-subscribed sets are refused, incomplete ones fail where a missing code is met. */
export function huffmanTable(lengths: Uint8Array): HuffmanTable {
  const counts = new Uint16Array(16);
  for (const length of lengths) counts[length] = (counts[length] as number) + 1;
  counts[0] = 0;
  let bits = 15;
  while (bits > 1 && counts[bits] === 0) bits -= 1;
  const next = new Uint32Array(16);
  let code = 0;
  for (let length = 1; length <= 15; length += 1) {
    code = (code + (counts[length - 1] as number)) << 1;
    next[length] = code;
    if (code + (counts[length] as number) > 1 << length) throw new Damaged("code lengths do not fit");
  }
  const entries = new Uint16Array(1 << bits);
  for (let symbol = 0; symbol < lengths.length; symbol += 1) {
    const length = lengths[symbol] as number;
    if (length === 0) continue;
    let forward = next[length] as number;
    next[length] = forward + 1;
    let reversed = 0;
    for (let i = 0; i < length; i += 1, forward >>= 1) reversed = (reversed << 1) | (forward & 1);
    for (let at = reversed; at < entries.length; at += 1 << length) entries[at] = (symbol << 4) | length;
  }
  return { entries, bits };
}
