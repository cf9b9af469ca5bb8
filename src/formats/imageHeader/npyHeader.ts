// Reads from a NumPy array's header which picture it is: height × width, with channels at the end or in front.
import { header, viewOn, type HeaderResult } from "./header";
import { ascii } from "./kind";

/** More than so many channels are no picture. */
const MAX_CHANNELS = 64;

/** Height, width and channels of an array's shape; null where it is no picture. */
export function pictureShape(
  shape: readonly number[],
): { readonly height: number; readonly width: number; readonly channels: number; readonly first: boolean } | null {
  const [a = 0, b = 0, c = 0] = shape;
  if (shape.length === 2) return { height: a, width: b, channels: 1, first: false };
  if (shape.length !== 3) return null;
  if (c <= MAX_CHANNELS && (c <= a || a > MAX_CHANNELS)) return { height: a, width: b, channels: c, first: false };
  return a <= MAX_CHANNELS ? { height: b, width: c, channels: a, first: true } : null;
}

/** The header of a .npy file. */
export function npyHeader(bytes: Uint8Array): HeaderResult {
  if (bytes.length < 12) return "truncated";
  const view = viewOn(bytes);
  const wide = (bytes[6] as number) >= 2;
  const length = wide ? view.getUint32(8, true) : view.getUint16(8, true);
  const text = ascii(bytes, 10, Math.min(12 + length, 1 << 16));
  const shape = /'shape'\s*:\s*\(([^)]*)\)/.exec(text)?.[1];
  const bits = /'descr'\s*:\s*'[<>|=]?[a-zA-Z](\d)/.exec(text)?.[1];
  const found = shape === undefined ? null : pictureShape((shape.match(/\d+/g) ?? []).map(Number));
  if (found === null || found.channels === 0) return "damaged";
  return header("npy", found.width, found.height, { channels: found.channels, bitDepth: 8 * Number(bits ?? 1) });
}
