// Reads a pickle's bytes in order; whatever would reach past the end is a refusal.
import { Refusal } from "./refusal";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** No line of a text opcode (a number, a name) is longer in a file that PyTorch wrote. */
const LONGEST_LINE = 65_536;

export class ByteReader {
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #view: DataView;
  at = 0;

  constructor(bytes: Uint8Array<ArrayBuffer>) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  #step(length: number): number {
    const from = this.at;
    if (length > this.#bytes.length - from) throw new Refusal("PTH_TRUNCATED");
    this.at = from + length;
    return from;
  }

  get left(): number {
    return this.#bytes.length - this.at;
  }

  u8(): number {
    return this.#view.getUint8(this.#step(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#step(2), true);
  }

  u32(): number {
    return this.#view.getUint32(this.#step(4), true);
  }

  i32(): number {
    return this.#view.getInt32(this.#step(4), true);
  }

  u64(): bigint {
    return this.#view.getBigUint64(this.#step(8), true);
  }

  f64BigEndian(): number {
    return this.#view.getFloat64(this.#step(8), false);
  }

  bytes(length: number): Uint8Array<ArrayBuffer> {
    const from = this.#step(length);
    return this.#bytes.subarray(from, from + length);
  }

  /** Length in eight bytes; anything that large is cut off. */
  length64(): number {
    const length = this.u64();
    if (length > BigInt(this.left)) throw new Refusal("PTH_TRUNCATED");
    return Number(length);
  }

  text(length: number): string {
    try {
      return utf8.decode(this.bytes(length));
    } catch (thrown) {
      if (thrown instanceof Refusal) throw thrown;
      throw new Refusal("PTH_CORRUPT", "text that is not UTF-8");
    }
  }

  /** Up to the line's end, which is passed over; bytes become characters one by one. */
  line(): string {
    const end = this.#bytes.indexOf(0x0a, this.at);
    if (end < 0) throw new Refusal("PTH_TRUNCATED");
    if (end - this.at > LONGEST_LINE) throw new Refusal("PTH_LIMIT", "a line of text");
    const bytes = this.bytes(end - this.at);
    this.at += 1;
    return latin1(bytes);
  }
}

/** One character a byte. */
export function latin1(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
