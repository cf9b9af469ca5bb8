// Walks the blocks of a GIF and counts its frames.
import { header, viewOn, type HeaderResult } from "./header";

type Size = readonly [width: number, height: number];

/** Behind the sub-blocks that begin at `at`; past the end where they are cut off. */
function skipBlocks(bytes: Uint8Array, at: number): number {
  let next = at;
  while (next < bytes.length && bytes[next] !== 0) next += 1 + (bytes[next] as number);
  return next + 1;
}

const tableBytes = (flags: number): number => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);

/** The header of a GIF file; a second frame makes it animated. */
export function gifHeader(bytes: Uint8Array): HeaderResult {
  if (bytes.length < 13) return "truncated";
  const view = viewOn(bytes);
  let frames = 0;
  let size: Size = [view.getUint16(6, true), view.getUint16(8, true)];
  let at = 13 + tableBytes(bytes[10] as number);
  while (at < bytes.length && frames < 2) {
    const block = bytes[at];
    if (block === 0x21) at = skipBlocks(bytes, at + 2);
    else if (block === 0x2c) {
      frames += 1;
      if (at + 10 > bytes.length) return "truncated";
      if (frames === 1) size = firstFrame(view, at, size);
      at = skipBlocks(bytes, at + 11 + tableBytes(bytes[at + 9] as number));
    } else if (block === 0x3b) break;
    else return frames > 0 ? gif(size, frames) : "damaged";
  }
  if (frames === 0) return at >= bytes.length ? "truncated" : "damaged";
  return frames === 1 && at > bytes.length ? "truncated" : gif(size, frames);
}

/** Decoders widen the screen to its first frame. */
function firstFrame(view: DataView, at: number, [width, height]: Size): Size {
  const right = view.getUint16(at + 1, true) + view.getUint16(at + 5, true);
  const bottom = view.getUint16(at + 3, true) + view.getUint16(at + 7, true);
  return [Math.max(width, right), Math.max(height, bottom)];
}

const gif = ([width, height]: Size, frames: number): HeaderResult =>
  header("gif", width, height, { animated: frames > 1 });
