// Headers of the kinds that need only their size read: BMP and AVIF.
import { header, viewOn, type HeaderResult } from "./header";
import { ascii } from "./kind";

/** The header of a BMP file. */
export function bmpHeader(bytes: Uint8Array): HeaderResult {
  if (bytes.length < 26) return "truncated";
  const view = viewOn(bytes);
  if (view.getUint32(14, true) === 12) return header("bmp", view.getUint16(18, true), view.getUint16(20, true));
  return header("bmp", Math.abs(view.getInt32(18, true)), Math.abs(view.getInt32(22, true)));
}

/** The header of an AVIF file: the largest of its `ispe` boxes, which lie near the front. */
export function avifHeader(bytes: Uint8Array): HeaderResult {
  const head = ascii(bytes, 0, 1 << 16);
  const view = viewOn(bytes);
  let [width, height] = [0, 0];
  for (let at = head.indexOf("ispe"); at >= 0; at = head.indexOf("ispe", at + 4)) {
    if (at + 16 > bytes.length) return "truncated";
    const size = [view.getUint32(at + 8), view.getUint32(at + 12)] as const;
    if (size[0] * size[1] > width * height) [width, height] = size;
  }
  if (width === 0) return "damaged";
  return header("avif", width, height, { animated: head.slice(8, 12) === "avis" });
}
