// Bytes that arrive in pieces, for decoders that run without waiting between two fills.

/** A stream ends in the middle of something. */
export class CutOff extends Error {
  override readonly name = "CutOff";
}

/** A stream holds something that its format does not allow. */
export class Damaged extends Error {
  override readonly name = "Damaged";
}

/** Bytes before `at` that stay: decoders take a few ahead and give them back. */
const GIVE_BACK = 8;

/** `bytes[at]` to `bytes[end]` can be read now; decoders move `at` themselves and call `fill` when they run low. */
export class ByteReader {
  bytes: Uint8Array;
  at = 0;
  end: number;
  /** Nothing comes after `end`. */
  last: boolean;
  protected source: AsyncIterator<Uint8Array> | null;
  protected dropped = 0;

  constructor(source: Uint8Array | AsyncIterable<Uint8Array>) {
    const whole = source instanceof Uint8Array;
    this.bytes = whole ? source : new Uint8Array(1 << 17);
    this.end = whole ? source.length : 0;
    this.last = whole;
    this.source = whole ? null : source[Symbol.asyncIterator]();
  }

  /** Bytes read so far. */
  get position(): number {
    return this.dropped + this.at;
  }

  get left(): number {
    return this.end - this.at;
  }

  /** Waits until `n` bytes can be read, or as many as there are. */
  async fill(n: number): Promise<void> {
    while (!this.last && this.left < n) {
      const next = await (this.source as AsyncIterator<Uint8Array>).next();
      if (next.done === true) this.last = true;
      else this.append(next.value);
    }
  }

  private append(piece: Uint8Array): void {
    if (this.end + piece.length > this.bytes.length) {
      const drop = Math.max(0, this.at - GIVE_BACK);
      const kept = this.end - drop;
      const room = kept + piece.length > this.bytes.length ? new Uint8Array(2 * (kept + piece.length)) : this.bytes;
      room.set(this.bytes.subarray(drop, this.end));
      this.dropped += drop;
      this.bytes = room;
      this.at -= drop;
      this.end = kept;
    }
    this.bytes.set(piece, this.end);
    this.end += piece.length;
  }

  /** The next `n` bytes, valid until the next fill; throws CutOff where there are fewer. */
  take(n: number): Uint8Array {
    if (this.left < n) throw new CutOff(`${n - this.left} bytes are missing`);
    this.at += n;
    return this.bytes.subarray(this.at - n, this.at);
  }

  byte(): number {
    if (this.at >= this.end) throw new CutOff("a byte is missing");
    return this.bytes[this.at++] as number;
  }

  /** Passes over `n` bytes; throws CutOff where there are fewer. */
  async skip(n: number): Promise<void> {
    for (let rest = n; rest > 0;) {
      if (this.left === 0) await this.fill(1);
      if (this.left === 0) throw new CutOff(`${rest} bytes are missing`);
      const step = Math.min(rest, this.left);
      this.at += step;
      rest -= step;
    }
  }

  /** Lets go of the source early. */
  async close(): Promise<void> {
    await this.source?.return?.();
  }
}
