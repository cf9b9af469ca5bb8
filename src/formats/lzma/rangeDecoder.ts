// The range decoder of LZMA: bits whose probabilities adapt, 11 bits each.
import { CutOff, Damaged, type ByteReader } from "../bytes/byteReader";

const TOP = 0x1000000;

const RANGE = 0;
const CODE = 1;

/** Literals are decoded here as well, because they are nearly everything. */
export class RangeDecoder {
  /** In a typed array: as fields, numbers above 2³¹ would be boxed. */
  private readonly now = new Uint32Array(2);
  input: ByteReader;

  constructor(input: ByteReader) {
    this.input = input;
  }

  /** Reads the five bytes that begin every range-coded stretch. */
  begin(): void {
    const head = this.input.take(5);
    if (head[0] !== 0) throw new Damaged("no LZMA stream");
    this.now[RANGE] = 0xffffffff;
    this.now[CODE] = new DataView(head.buffer, head.byteOffset, 5).getUint32(1);
  }

  /** True where the stream ends in the only way it can. */
  get isAtEnd(): boolean {
    return this.now[CODE] === 0;
  }

  bit(probs: Uint16Array, at: number): 0 | 1 {
    const { now, input } = this;
    const p = probs[at] as number;
    let range = now[RANGE] as number;
    let code = now[CODE] as number;
    const bound = Math.imul(range >>> 11, p) >>> 0;
    let value: 0 | 1 = 0;
    if (code < bound) {
      range = bound;
      probs[at] = p + ((2048 - p) >> 5);
    } else {
      range = (range - bound) >>> 0;
      code = (code - bound) >>> 0;
      probs[at] = p - (p >> 5);
      value = 1;
    }
    if (range < TOP) {
      range = (range << 8) >>> 0;
      code = ((code << 8) | input.byte()) >>> 0;
    }
    now[RANGE] = range;
    now[CODE] = code;
    return value;
  }

  /** A number of `bits` bits, highest first, from a tree of probabilities. */
  tree(probs: Uint16Array, from: number, bits: number): number {
    let node = 1;
    for (let i = 0; i < bits; i += 1) node = (node << 1) | this.bit(probs, from + node);
    return node - (1 << bits);
  }

  /** The same, lowest bit first. */
  reverseTree(probs: Uint16Array, from: number, bits: number): number {
    let node = 1;
    let value = 0;
    for (let i = 0; i < bits; i += 1) {
      const bit = this.bit(probs, from + node);
      node = (node << 1) | bit;
      value |= bit << i;
    }
    return value;
  }

  /** Bits without probabilities. */
  direct(bits: number): number {
    const { now, input } = this;
    let range = now[RANGE] as number;
    let code = now[CODE] as number;
    let value = 0;
    for (let i = 0; i < bits; i += 1) {
      range >>>= 1;
      const one = code >= range;
      if (one) code = (code - range) >>> 0;
      value = value * 2 + (one ? 1 : 0);
      if (range < TOP) {
        range = (range << 8) >>> 0;
        code = ((code << 8) | input.byte()) >>> 0;
      }
    }
    now[RANGE] = range;
    now[CODE] = code;
    return value;
  }

  /** A literal of the context at `from`; `matched` is the byte that a match would have given here, or −1. */
  literal(probs: Uint16Array, from: number, matched: number): number {
    const { now, input } = this;
    const { bytes, end } = input;
    let range = now[RANGE] as number;
    let code = now[CODE] as number;
    let { at } = input;
    let node = 1;
    let offset = matched < 0 ? 0 : 0x100;
    let guess = matched;
    while (node < 0x100) {
      guess <<= 1;
      const guessed = guess & offset;
      const place = from + offset + guessed + node;
      const p = probs[place] as number;
      const bound = Math.imul(range >>> 11, p) >>> 0;
      if (code < bound) {
        range = bound;
        probs[place] = p + ((2048 - p) >> 5);
        node <<= 1;
        if (guessed !== 0) offset = 0;
      } else {
        range = (range - bound) >>> 0;
        code = (code - bound) >>> 0;
        probs[place] = p - (p >> 5);
        node = (node << 1) | 1;
        if (guessed === 0) offset = 0;
      }
      if (range < TOP) {
        if (at >= end) throw new CutOff("a byte is missing");
        range = (range << 8) >>> 0;
        code = ((code << 8) | (bytes[at] as number)) >>> 0;
        at += 1;
      }
    }
    now[RANGE] = range;
    now[CODE] = code;
    input.at = at;
    return node & 0xff;
  }
}
