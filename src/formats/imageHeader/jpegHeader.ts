// Walks the segments of a JPEG up to its first scan, and looks for its end.
import { exifOrientation } from "./exifOrientation";
import { header, viewOn, type HeaderResult } from "./header";
import { ascii } from "./kind";

const SOS = 0xda;
const EOI = 0xd9;
const APP1 = 0xe1;
const NOT_FRAMES = new Set([0xc4, 0xc8, 0xcc]);

const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && !NOT_FRAMES.has(marker);
const hasNoLength = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);

/** True when an end marker stands anywhere behind `from`; inside a scan it can be nothing else. */
function endsAfter(bytes: Uint8Array, from: number): boolean {
  for (let at = bytes.lastIndexOf(EOI); at > from; at = bytes.lastIndexOf(EOI, at - 1))
    if (bytes[at - 1] === 0xff) return true;
  return false;
}

/** The header of a whole JPEG file. */
export function jpegHeader(bytes: Uint8Array): HeaderResult {
  const view = viewOn(bytes);
  const ended = bytes.at(-2) === 0xff && bytes.at(-1) === EOI;
  const broken = ended ? "damaged" : "truncated";
  let size: { width: number; height: number; bitDepth: number; channels: number } | null = null;
  let orientation = 1;
  let suspect = false;
  let at = 2;
  for (;;) {
    for (; at < bytes.length && bytes[at] !== 0xff; at += 1) suspect = true;
    while (bytes[at] === 0xff) at += 1;
    const marker = bytes[at];
    if (marker === undefined) return broken;
    at += 1;
    if (marker === EOI) return "damaged";
    if (hasNoLength(marker) || marker === 0) continue;
    if (at + 2 > bytes.length) return broken;
    const length = view.getUint16(at);
    const end = at + length;
    if (length < 2 || end > bytes.length) return broken;
    if (isFrame(marker)) {
      if (length < 8) return "damaged";
      size = {
        bitDepth: bytes[at + 2] as number,
        height: view.getUint16(at + 3),
        width: view.getUint16(at + 5),
        channels: bytes[at + 7] as number,
      };
    } else if (marker === APP1 && ascii(bytes, at + 2, at + 6) === "Exif")
      orientation = exifOrientation(bytes.subarray(at + 8, end));
    at = end;
    if (marker === SOS) break;
  }
  if (size === null) return "damaged";
  if (size.bitDepth !== 8) return "unsupported";
  if (!endsAfter(bytes, at)) return "truncated";
  return header("jpeg", size.width, size.height, { ...size, cmyk: size.channels === 4, orientation, suspect });
}
