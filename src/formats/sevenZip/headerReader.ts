// Reads the numbers of which a 7z header is made; every read is checked against the end.
import { Damaged } from "../bytes/byteReader";

export interface HeaderReader {
  readonly left: () => number;
  byte(): number;
  u32(): number;
  /** Eight bytes, little endian; refused above 2⁵³. */
  u64(): number;
  /** 7z's own number of one to nine bytes. */
  number(): number;
  /** A number that counts things of which each takes room in the header: at most `most`. */
  count(most: number): number;
  take(n: number): Uint8Array;
  /** `n` flags of one bit each. */
  bits(n: number): boolean[];
  /** As `bits`, but all true where a first byte says so. */
  optionalBits(n: number): boolean[];
}

/** A reader from the beginning of `bytes`. */
export function headerReader(bytes: Uint8Array): HeaderReader {
  let at = 0;
  const take = (n: number): Uint8Array => {
    if (!(n >= 0) || at + n > bytes.length) throw new Damaged("the header is cut off");
    at += n;
    return bytes.subarray(at - n, at);
  };
  const byte = (): number => take(1)[0] as number;
  const little = (n: number): number => {
    let value = 0;
    for (const [i, one] of take(n).entries()) value += one * 2 ** (8 * i);
    if (!Number.isSafeInteger(value)) throw new Damaged("a number is impossibly large");
    return value;
  };
  const number = (): number => {
    const first = byte();
    let extra = 0;
    while (extra < 8 && (first & (0x80 >> extra)) !== 0) extra += 1;
    const low = little(extra);
    const high = extra >= 7 ? 0 : (first & ((1 << (7 - extra)) - 1)) * 2 ** (8 * extra);
    if (!Number.isSafeInteger(low + high)) throw new Damaged("a number is impossibly large");
    return low + high;
  };
  const bits = (n: number): boolean[] => {
    const packed = take(Math.ceil(n / 8));
    return Array.from({ length: n }, (_, i) => ((packed[i >> 3] as number) & (0x80 >> (i & 7))) !== 0);
  };
  return {
    left: () => bytes.length - at,
    byte,
    u32: () => little(4),
    u64: () => little(8),
    number,
    count(most) {
      const n = number();
      if (n > most) throw new Damaged("it counts more than there is room for");
      return n;
    },
    take,
    bits,
    optionalBits: (n) => (byte() === 0 ? bits(n) : Array.from({ length: n }, () => true)),
  };
}
