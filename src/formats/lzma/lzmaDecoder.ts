// LZMA (Pavlov's specification): literals and matches into a window, as far as input and room go.
import { Damaged, type ByteReader } from "../bytes/byteReader";
import { probabilities, type LengthProbabilities, type Probabilities } from "./probabilities";
import { RangeDecoder } from "./rangeDecoder";

/** More input than one symbol can take. */
const SYMBOL_BYTES = 32;
const END_MARK = 0xffffffff;

/** Decodes into a window that wraps around; `output` gives what came since the last call. */
export class LzmaDecoder {
  readonly range: RangeDecoder;
  private readonly window: Uint8Array;
  private pos = 0;
  private flushed = 0;
  /** Bytes of the window that hold something. */
  private filled = 0;
  private total = 0;
  private probs: Probabilities = probabilities(0);
  private lc = 0;
  private literalMask = 0;
  private positionMask = 0;
  private state = 0;
  private reps: [number, number, number, number] = [0, 0, 0, 0];
  /** Of a match that did not fit into the room. */
  private rest = 0;

  constructor(input: ByteReader, windowBytes: number) {
    this.range = new RangeDecoder(input);
    this.window = new Uint8Array(Math.max(4096, windowBytes));
  }

  /** Takes `lc`, `lp`, `pb` from their byte and begins afresh. */
  setProperties(byte: number): void {
    if (byte >= 225) throw new Damaged("no such LZMA properties");
    this.lc = byte % 9;
    const lp = Math.floor(byte / 9) % 5;
    this.contextBits = this.lc + lp;
    this.literalMask = (1 << lp) - 1;
    this.positionMask = (1 << Math.floor(byte / 45)) - 1;
    this.resetState();
  }
  private contextBits = 0;

  resetState(): void {
    this.probs = probabilities(this.contextBits);
    this.state = 0;
    this.reps = [0, 0, 0, 0];
    this.rest = 0;
  }

  /** What came before cannot be referred to any more. */
  resetWindow(): void {
    this.filled = 0;
    this.total = 0;
  }

  /** Bytes decoded since the last call, valid until the next `run`. */
  output(): Uint8Array {
    const piece = this.window.subarray(this.flushed, this.pos);
    if (this.pos === this.window.length) this.pos = 0;
    this.flushed = this.pos;
    return piece;
  }

  /** Room until `output` must be called. */
  get room(): number {
    return this.window.length - this.pos;
  }

  /** Stores bytes as they are. */
  store(bytes: Uint8Array): void {
    this.window.set(bytes, this.pos);
    this.advance(bytes.length);
  }

  private advance(n: number): void {
    this.pos += n;
    this.total += n;
    this.filled = Math.min(this.window.length, this.filled + n);
  }

  /** Decodes up to `limit` bytes; returns how many, and whether the stream said that it ends. */
  run(limit: number): { readonly made: number; readonly ended: boolean } {
    const { range, window } = this;
    const { input } = range;
    const stop = this.pos + Math.min(limit, this.room);
    const from = this.pos;
    if (this.rest > 0) this.copy(stop);
    while (this.pos < stop) {
      if (input.end - input.at < SYMBOL_BYTES && !input.last) break;
      const { probs, state, pos } = this;
      const posState = this.total & this.positionMask;
      const place = state * 16 + posState;
      if (range.bit(probs.isMatch, place) === 0) {
        const before = this.filled === 0 ? 0 : (window[pos === 0 ? window.length - 1 : pos - 1] as number);
        const context = ((this.total & this.literalMask) << this.lc) | (before >> (8 - this.lc));
        const matched = state >= 7 ? this.byteAt(this.reps[0]) : -1;
        window[pos] = range.literal(probs.literals, 0x300 * context, matched);
        this.state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
        this.pos = pos + 1;
        this.total += 1;
        if (this.filled < window.length) this.filled += 1;
        continue;
      }
      if (range.bit(probs.isRep, state) === 0) {
        this.rest = this.length(probs.match, posState);
        const distance = this.distance(this.rest);
        this.state = state < 7 ? 7 : 10;
        if (distance === END_MARK) {
          this.rest = 0;
          if (!range.isAtEnd) throw new Damaged("LZMA ends in the middle");
          return { made: this.pos - from, ended: true };
        }
        const [r0, r1, r2] = this.reps;
        this.reps = [distance, r0, r1, r2];
      } else this.repeat(place, posState);
      if (this.reps[0] >= this.filled) throw new Damaged("a match reaches behind the beginning");
      this.copy(stop);
    }
    return { made: this.pos - from, ended: false };
  }

  /** A match at one of the last four distances. */
  private repeat(place: number, posState: number): void {
    const { range, probs, state, reps } = this;
    if (range.bit(probs.isRep0, state) === 0) {
      if (range.bit(probs.isRep0Long, place) === 0) {
        this.state = state < 7 ? 9 : 11;
        this.rest = 1;
        return;
      }
    } else {
      const [r0, r1, r2, r3] = reps;
      if (range.bit(probs.isRep1, state) === 0) this.reps = [r1, r0, r2, r3];
      else if (range.bit(probs.isRep2, state) === 0) this.reps = [r2, r0, r1, r3];
      else this.reps = [r3, r0, r1, r2];
    }
    this.state = state < 7 ? 8 : 11;
    this.rest = this.length(probs.rep, posState);
  }

  private length({ choice, low, middle, high }: LengthProbabilities, posState: number): number {
    const { range } = this;
    if (range.bit(choice, 0) === 0) return 2 + range.tree(low, posState * 8, 3);
    if (range.bit(choice, 1) === 0) return 10 + range.tree(middle, posState * 8, 3);
    return 18 + range.tree(high, 0, 8);
  }

  private distance(length: number): number {
    const { range, probs } = this;
    const slot = range.tree(probs.slots, Math.min(length - 2, 3) * 64, 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const base = (2 | (slot & 1)) * 2 ** bits;
    if (slot < 14) return base + range.reverseTree(probs.special, base - slot, bits);
    return base + range.direct(bits - 4) * 16 + range.reverseTree(probs.align, 0, 4);
  }

  private byteAt(distance: number): number {
    const at = this.pos - distance - 1;
    return this.window[at < 0 ? at + this.window.length : at] as number;
  }

  /** As much of the pending match as goes before `stop`. */
  private copy(stop: number): void {
    const { window } = this;
    const n = Math.min(this.rest, stop - this.pos);
    let from = this.pos - this.reps[0] - 1;
    if (from < 0) from += window.length;
    const end = this.pos + n;
    for (let to = this.pos; to < end; to += 1) {
      window[to] = window[from] as number;
      from += 1;
      if (from === window.length) from = 0;
    }
    this.rest -= n;
    this.advance(n);
  }
}
