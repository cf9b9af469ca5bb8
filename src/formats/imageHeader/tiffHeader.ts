// Reads a TIFF's first directory: size, depth, samples; the 8-byte offsets of BigTIFF too.
import { header, viewOn, type HeaderResult } from "./header";

const WIDTH = 256;
const HEIGHT = 257;
const BITS = 258;
const PHOTOMETRIC = 262;
const SAMPLES = 277;
const CMYK = 5;

/** Bytes of one value by field type: byte, ASCII, short, long, …, 64-bit long. */
const TYPE_BYTES: Readonly<Record<number, number>> = { 1: 1, 3: 2, 4: 4, 16: 8 };

/** The header of a TIFF file. */
export function tiffHeader(bytes: Uint8Array): HeaderResult {
  if (bytes.length < 16) return "truncated";
  const view = viewOn(bytes);
  const little = bytes[0] === 0x49;
  const big = view.getUint16(2, little) === 43;
  const long = (at: number): number => (big ? Number(view.getBigUint64(at, little)) : view.getUint32(at, little));
  const directory = long(big ? 8 : 4);
  if (directory + 8 > bytes.length) return "truncated";
  const count = big ? long(directory) : view.getUint16(directory, little);
  const [first, step] = big ? [directory + 8, 20] : [directory + 2, 12];
  if (first + count * step > bytes.length) return "truncated";
  const fields = new Map<number, number>();
  for (let i = 0, at = first; i < count; i += 1, at += step) {
    const size = TYPE_BYTES[view.getUint16(at + 2, little)];
    if (size === undefined) continue;
    const values = long(at + 4);
    let from = at + (big ? 12 : 8);
    if (size * values > (big ? 8 : 4)) from = long(from);
    if (from + size > bytes.length) continue;
    const value =
      size === 1
        ? view.getUint8(from)
        : size === 2
          ? view.getUint16(from, little)
          : size === 4
            ? view.getUint32(from, little)
            : Number(view.getBigUint64(from, little));
    fields.set(view.getUint16(at, little), value);
  }
  const [width, height] = [fields.get(WIDTH), fields.get(HEIGHT)];
  if (width === undefined || height === undefined) return "damaged";
  return header("tiff", width, height, {
    bitDepth: fields.get(BITS) ?? 1,
    channels: fields.get(SAMPLES) ?? 1,
    cmyk: fields.get(PHOTOMETRIC) === CMYK,
  });
}
