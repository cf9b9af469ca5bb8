// Deflate and Deflate64 (RFC 1951), resumable: unlike the browser's it tells where a stream ends and goes on after it.
import { ByteReader, CutOff, Damaged } from "../bytes/byteReader";
import { huffmanTable, type HuffmanTable } from "./huffman";

interface Codes {
  readonly lengthBase: Uint32Array;
  readonly lengthExtra: Uint8Array;
  readonly distanceBase: Uint32Array;
  readonly distanceExtra: Uint8Array;
}

function codes(wide: boolean): Codes {
  const lengthBase = new Uint32Array(29);
  const lengthExtra = new Uint8Array(29);
  for (let i = 0, base = 3; i < 28; i += 1) {
    lengthExtra[i] = i < 8 ? 0 : (i - 4) >> 2;
    lengthBase[i] = base;
    base += 1 << (lengthExtra[i] as number);
  }
  lengthBase[28] = wide ? 3 : 258;
  lengthExtra[28] = wide ? 16 : 0;
  const distances = wide ? 32 : 30;
  const distanceBase = new Uint32Array(distances);
  const distanceExtra = new Uint8Array(distances);
  for (let i = 0, base = 1; i < distances; i += 1) {
    distanceExtra[i] = i < 4 ? 0 : (i - 2) >> 1;
    distanceBase[i] = base;
    base += 1 << (distanceExtra[i] as number);
  }
  return { lengthBase, lengthExtra, distanceBase, distanceExtra };
}

const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const FIXED_LENGTHS = Uint8Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8));
/** A block's header takes at most 2 + 7 bits, 19 × 3 and 320 × 14; a symbol with its extra bits fewer than 64. */
const HEADER_BYTES = 640;
const SYMBOL_BYTES = 16;
/** Output that is gathered before it is handed over. */
const PIECE = 1 << 17;
const WINDOW = 1 << 16;
/** The longest match of Deflate64. */
const MATCH = 3 + 0xffff;

/** Decodes one raw stream; `run` goes on until it wants more input, has a piece of output, or is done. */
export class Inflater {
  private readonly codes: Codes;
  private readonly out = new Uint8Array(WINDOW + PIECE + MATCH);
  private to = 0;
  private from = 0;
  private held = 0;
  private heldBits = 0;
  private state: "block" | "stored" | "codes" | "done" = "block";
  private final = false;
  private stored = 0;
  private literals: HuffmanTable = huffmanTable(FIXED_LENGTHS);
  private distances: HuffmanTable = this.literals;

  constructor(wide = false) {
    this.codes = codes(wide);
  }

  /** What was decoded since the last call; valid until the next `run`. */
  output(): Uint8Array {
    const piece = this.out.subarray(this.from, this.to);
    this.from = this.to;
    return piece;
  }

  run(input: ByteReader): "input" | "output" | "done" {
    this.slide();
    for (;;) {
      if (this.to >= WINDOW + PIECE) return "output";
      if (this.state === "done") return "done";
      if (this.state === "block") {
        if (this.final) {
          this.state = "done";
          // Whole bytes that were taken ahead go back.
          input.at -= this.heldBits >> 3;
          return "done";
        }
        if (input.left < HEADER_BYTES && !input.last) return "input";
        this.beginBlock(input);
      } else if (this.state === "stored") {
        if (!this.copyStored(input)) return "input";
      } else if (!this.decode(input)) return "input";
    }
  }

  private slide(): void {
    if (this.to <= WINDOW || this.from < this.to) return;
    this.out.copyWithin(0, this.to - WINDOW, this.to);
    this.to = WINDOW;
    this.from = WINDOW;
  }

  private bits(input: ByteReader, n: number): number {
    while (this.heldBits < n) {
      this.held |= input.byte() << this.heldBits;
      this.heldBits += 8;
    }
    const value = this.held & ((1 << n) - 1);
    this.held >>>= n;
    this.heldBits -= n;
    return value;
  }

  private symbol(input: ByteReader, table: HuffmanTable): number {
    while (this.heldBits < 15 && input.at < input.end) {
      this.held |= input.byte() << this.heldBits;
      this.heldBits += 8;
    }
    const entry = table.entries[this.held & ((1 << table.bits) - 1)] as number;
    const length = entry & 15;
    if (length === 0) throw new Damaged("no such code");
    if (length > this.heldBits) throw new CutOff("a code is cut off");
    this.held >>>= length;
    this.heldBits -= length;
    return entry >> 4;
  }

  private beginBlock(input: ByteReader): void {
    this.final = this.bits(input, 1) === 1;
    const type = this.bits(input, 2);
    if (type === 0) {
      this.bits(input, this.heldBits & 7);
      this.stored = this.bits(input, 16);
      if ((this.bits(input, 16) ^ 0xffff) !== this.stored) throw new Damaged("a stored block lies about its length");
      this.state = "stored";
    } else if (type === 1) {
      this.literals = huffmanTable(FIXED_LENGTHS);
      this.distances = huffmanTable(new Uint8Array(32).fill(5));
      this.state = "codes";
    } else if (type === 2) {
      this.readTables(input);
      this.state = "codes";
    } else throw new Damaged("no such block");
  }

  private readTables(input: ByteReader): void {
    const literals = this.bits(input, 5) + 257;
    const distances = this.bits(input, 5) + 1;
    const count = this.bits(input, 4) + 4;
    const lengths = new Uint8Array(19);
    for (let i = 0; i < count; i += 1) lengths[ORDER[i] as number] = this.bits(input, 3);
    const table = huffmanTable(lengths);
    const all = new Uint8Array(literals + distances);
    for (let i = 0; i < all.length;) {
      const symbol = this.symbol(input, table);
      if (symbol < 16) {
        all[i++] = symbol;
        continue;
      }
      if (symbol === 16 && i === 0) throw new Damaged("nothing to repeat");
      const value = symbol === 16 ? (all[i - 1] as number) : 0;
      const times =
        symbol === 16 ? 3 + this.bits(input, 2) : symbol === 17 ? 3 + this.bits(input, 3) : 11 + this.bits(input, 7);
      if (i + times > all.length) throw new Damaged("too many code lengths");
      all.fill(value, i, i + times);
      i += times;
    }
    if (all[256] === 0) throw new Damaged("a block without an end");
    this.literals = huffmanTable(all.subarray(0, literals));
    this.distances = huffmanTable(all.subarray(literals));
  }

  /** False where it waits for input. */
  private copyStored(input: ByteReader): boolean {
    for (; this.heldBits >= 8 && this.stored > 0; this.stored -= 1) this.out[this.to++] = this.bits(input, 8);
    while (this.stored > 0) {
      const n = Math.min(this.stored, input.left, WINDOW + PIECE - this.to);
      if (n === 0) {
        if (this.to >= WINDOW + PIECE) return true;
        if (input.last) throw new CutOff("a stored block is cut off");
        return false;
      }
      this.out.set(input.take(n), this.to);
      this.to += n;
      this.stored -= n;
    }
    this.state = "block";
    return true;
  }

  /** False where it waits for input. */
  private decode(input: ByteReader): boolean {
    const { out } = this;
    const { lengthBase, lengthExtra, distanceBase, distanceExtra } = this.codes;
    const { entries, bits } = this.literals;
    const mask = (1 << bits) - 1;
    while (this.to < WINDOW + PIECE) {
      if (input.end - input.at < SYMBOL_BYTES && !input.last) return false;
      // The loop over literals, with everything at hand.
      let { held, heldBits, to } = this;
      const { bytes, end } = input;
      let { at } = input;
      let symbol = -1;
      while (to < WINDOW + PIECE) {
        if (heldBits < 15) {
          if (at + 2 > end) break;
          held |= ((bytes[at] as number) | ((bytes[at + 1] as number) << 8)) << heldBits;
          at += 2;
          heldBits += 16;
        }
        const entry = entries[held & mask] as number;
        const length = entry & 15;
        if (length === 0) throw new Damaged("no such code");
        held >>>= length;
        heldBits -= length;
        if (entry >= 4096) {
          symbol = entry >> 4;
          break;
        }
        out[to++] = entry >> 4;
      }
      this.held = held;
      this.heldBits = heldBits;
      this.to = to;
      input.at = at;
      if (symbol < 0) {
        if (to >= WINDOW + PIECE) return true;
        if (!input.last) return false;
        symbol = this.symbol(input, this.literals);
        if (symbol < 256) {
          out[this.to++] = symbol;
          continue;
        }
      }
      if (symbol === 256) {
        this.state = "block";
        return true;
      }
      if (symbol > 285) throw new Damaged("no such length");
      const length = (lengthBase[symbol - 257] as number) + this.extra(input, lengthExtra[symbol - 257] as number);
      const code = this.symbol(input, this.distances);
      if (code >= distanceBase.length) throw new Damaged("no such distance");
      const distance = (distanceBase[code] as number) + this.extra(input, distanceExtra[code] as number);
      if (distance > this.to) throw new Damaged("a match reaches behind the beginning");
      this.copyMatch(distance, length);
    }
    return true;
  }

  private extra(input: ByteReader, n: number): number {
    return n === 0 ? 0 : this.bits(input, n);
  }

  private copyMatch(distance: number, length: number): void {
    const { out } = this;
    let { to } = this;
    const end = to + length;
    if (distance >= length) out.copyWithin(to, to - distance, to - distance + length);
    else for (let from = to - distance; to < end; from += 1, to += 1) out[to] = out[from] as number;
    this.to = end;
  }
}

/** Pieces of one raw stream, each valid until the next is asked for; leaves the reader behind its last byte. */
export async function* inflate(input: ByteReader, wide = false): AsyncGenerator<Uint8Array> {
  const inflater = new Inflater(wide);
  for (;;) {
    const state = inflater.run(input);
    const piece = inflater.output();
    if (piece.length > 0) yield piece;
    if (state === "done") return;
    if (state === "input") await input.fill(Math.max(HEADER_BYTES, input.left + 1));
  }
}

/** A whole raw stream at once; stops at `size` bytes, throws CutOff or Damaged. */
export function inflateAll(bytes: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const input = new ByteReader(bytes);
  const inflater = new Inflater();
  const out = new Uint8Array(size);
  for (let to = 0; ;) {
    const state = inflater.run(input);
    const piece = inflater.output().subarray(0, size - to);
    out.set(piece, to);
    to += piece.length;
    if (to === size) return out;
    if (state === "done") throw new CutOff(`${size - to} bytes fewer than stated`);
  }
}
