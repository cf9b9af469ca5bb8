// Walks the chunks of a PNG.
import { exifOrientation } from "./exifOrientation";
import { header, viewOn, type HeaderResult } from "./header";
import { ascii } from "./kind";

/** Channels by colour type. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 3, 4: 2, 6: 4 };

/** The header of a whole PNG file. */
export function pngHeader(bytes: Uint8Array): HeaderResult {
  if (bytes.length < 33) return "truncated";
  if (ascii(bytes, 12, 16) !== "IHDR") return "damaged";
  const view = viewOn(bytes);
  const channels = CHANNELS[bytes[25] as number];
  if (channels === undefined) return "damaged";
  let animated = false;
  let orientation = 1;
  let pixels = false;
  for (let at = 8; ;) {
    if (at + 12 > bytes.length) return "truncated";
    const length = view.getUint32(at);
    const type = ascii(bytes, at + 4, at + 8);
    if (!/^[A-Za-z]{4}$/.test(type)) return "damaged";
    if (type === "IEND") break;
    if (at + 12 + length > bytes.length) return "truncated";
    if (type === "IDAT") pixels = true;
    if (type === "acTL" && !pixels && length >= 8) animated = view.getUint32(at + 8) > 1;
    if (type === "eXIf") orientation = exifOrientation(bytes.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  if (!pixels) return "damaged";
  const bitDepth = bytes[24] as number;
  return header("png", view.getUint32(16), view.getUint32(20), { bitDepth, channels, orientation, animated });
}
