// Reads the size of a picture from the first bytes of its file, so that thousands can be measured without reading them.
import type { ImageHeader } from "./header";
import { checkImage } from "./checkImage";
import { jpegHeader } from "./jpegHeader";
import { imageKindOf } from "./kind";

/** So many bytes hold the size of nearly every file; cameras put a small picture before it. */
export const START_BYTES = 128 * 1024;

const turned = ({ width, height, orientation }: ImageHeader): readonly [number, number] =>
  orientation >= 5 ? [height, width] : [width, height];

/** Width and height, turned upright; null where they do not stand at the start (or anywhere). A matrix must be whole. */
export function sizeAtStart(bytes: Uint8Array, path = ""): readonly [width: number, height: number] | null {
  const kind = imageKindOf(bytes);
  if (kind === "png" && bytes.length >= 24) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return [view.getUint32(16), view.getUint32(20)];
  }
  if (kind === "jpeg") {
    // With an end of its own, the start passes for a whole file.
    const closed = new Uint8Array(bytes.length + 2);
    closed.set(bytes);
    closed.set([0xff, 0xd9], bytes.length);
    const found = jpegHeader(closed);
    return typeof found === "string" ? null : turned(found);
  }
  const check = checkImage(bytes, path);
  return check.ok ? turned(check.header) : null;
}
