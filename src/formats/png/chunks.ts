// The chunks of a PNG that say how its pixels lie: header, palette, transparency, data.
import { Damaged } from "../bytes/byteReader";
import { viewOn } from "../imageHeader/header";
import { ascii } from "../imageHeader/kind";

export interface PngChunks {
  readonly width: number;
  readonly height: number;
  readonly bitDepth: 1 | 2 | 4 | 8 | 16;
  /** 0 grey, 2 RGB, 3 palette, 4 grey with alpha, 6 RGB with alpha. */
  readonly colorType: 0 | 2 | 3 | 4 | 6;
  readonly interlaced: boolean;
  /** RGB triples; null where there is none. */
  readonly palette: Uint8Array | null;
  readonly transparency: Uint8Array | null;
  /** The compressed pixels: a zlib stream. */
  readonly data: Uint8Array;
}

const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

/** Reads the chunks; throws Damaged where they make no picture. */
export function readChunks(bytes: Uint8Array): PngChunks {
  const view = viewOn(bytes);
  if (bytes.length < 33 || ascii(bytes, 12, 16) !== "IHDR") throw new Damaged("no PNG header");
  const [bitDepth = 0, colorType = 0] = [bytes[24], bytes[25]];
  if (DEPTHS[colorType]?.includes(bitDepth) !== true) throw new Damaged("no such kind of PNG");
  let palette: Uint8Array | null = null;
  let transparency: Uint8Array | null = null;
  const parts: Uint8Array[] = [];
  for (let at = 33; at + 12 <= bytes.length;) {
    const length = view.getUint32(at);
    const type = ascii(bytes, at + 4, at + 8);
    const content = bytes.subarray(at + 8, at + 8 + length);
    if (type === "IEND") break;
    if (content.length < length) throw new Damaged("a chunk is cut off");
    if (type === "PLTE") palette = content;
    else if (type === "tRNS") transparency = content;
    else if (type === "IDAT") parts.push(content);
    at += 12 + length;
  }
  if (colorType === 3 && palette === null) throw new Damaged("a palette is missing");
  return {
    width: view.getUint32(16),
    height: view.getUint32(20),
    bitDepth: bitDepth as PngChunks["bitDepth"],
    colorType: colorType as PngChunks["colorType"],
    interlaced: bytes[28] === 1,
    palette,
    transparency,
    data: joined(parts),
  };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
