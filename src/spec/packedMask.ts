// A picture of class numbers, packed by its runs: class maps are mostly runs, so they cross and are kept in little room.

/** Runs of (class, length), each length in groups of 7 bits, the last group without the top bit. */
export type PackedMask = Uint8Array<ArrayBuffer>;

/** The class of a pixel that has none. */
export const NO_CLASS = 255;

/** Packs class numbers; whatever is not in 0…254 has no class. */
export function packMask(ids: ArrayLike<number>): PackedMask {
  const bytes: number[] = [];
  const classAt = (i: number): number => {
    const id = ids[i] as number;
    return id >= 0 && id < NO_CLASS ? id : NO_CLASS;
  };
  for (let i = 0; i < ids.length;) {
    const id = classAt(i);
    let end = i + 1;
    while (end < ids.length && classAt(end) === id) end += 1;
    bytes.push(id);
    for (let length = end - i; ; length = Math.floor(length / 128)) {
      bytes.push((length % 128) + (length >= 128 ? 128 : 0));
      if (length < 128) break;
    }
    i = end;
  }
  return Uint8Array.from(bytes);
}

/** The runs of a packed mask: class and length, one after the other. */
export function* runsOf(packed: Uint8Array): Generator<readonly [id: number, length: number]> {
  for (let at = 0; at < packed.length;) {
    const id = packed[at] as number;
    at += 1;
    let length = 0;
    for (let place = 1; at < packed.length; place *= 128) {
      const group = packed[at] as number;
      at += 1;
      length += (group & 127) * place;
      if (group < 128) break;
    }
    yield [id, length];
  }
}

/** The class of each of `pixels` pixels. */
export function unpackMask(packed: Uint8Array, pixels: number): Uint8Array<ArrayBuffer> {
  const ids = new Uint8Array(pixels).fill(NO_CLASS);
  let to = 0;
  for (const [id, length] of runsOf(packed)) {
    if (to >= pixels) break;
    ids.fill(id, to, Math.min(pixels, to + length));
    to += length;
  }
  return ids;
}
