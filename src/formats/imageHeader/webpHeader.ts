// Reads the first chunks of a WebP.
import { exifOrientation } from "./exifOrientation";
import { header, viewOn, type HeaderResult } from "./header";
import { ascii } from "./kind";

const three = (view: DataView, at: number): number => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);

/** The header of a whole WebP file: lossy, lossless or extended. */
export function webpHeader(bytes: Uint8Array): HeaderResult {
  if (bytes.length < 25) return "truncated";
  const view = viewOn(bytes);
  // Some writers leave the last padding byte out.
  if (8 + view.getUint32(4, true) > bytes.length + 1) return "truncated";
  const type = ascii(bytes, 12, 16);
  if (type !== "VP8L" && bytes.length < 30) return "truncated";
  if (type === "VP8 ") {
    return header("webp", view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff);
  }
  if (type === "VP8L") {
    const packed = view.getUint32(21, true);
    return header("webp", (packed & 0x3fff) + 1, ((packed >>> 14) & 0x3fff) + 1, { channels: 4 });
  }
  if (type !== "VP8X") return "damaged";
  const flags = view.getUint8(20);
  let orientation = 1;
  for (let at = 12; at + 8 <= bytes.length;) {
    const length = view.getUint32(at + 4, true);
    if (ascii(bytes, at, at + 4) === "EXIF") orientation = exifOrientation(bytes.subarray(at + 8, at + 8 + length));
    at += 8 + length + (length & 1);
  }
  const channels = flags & 0x10 ? 4 : 3;
  return header("webp", three(view, 24) + 1, three(view, 27) + 1, {
    animated: (flags & 2) !== 0,
    orientation,
    channels,
  });
}
