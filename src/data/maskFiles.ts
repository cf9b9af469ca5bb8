// Predicted class numbers as picture files: as large as the pictures they belong to, exact, and in the classes' colours.
import type { Problem } from "../base/problem";
import type { Result } from "../base/result";
import { encodePng } from "../formats/png/encodePng";
import { classColour } from "../spec/classColours";
import { NO_CLASS } from "../spec/packedMask";
import { backFrom, turnBytes, turnedSize } from "./decode/turn";
import { mapPoint } from "./augment/affine";
import { pointMap, type Draw } from "./augment/draw";
import { pictureSize } from "./pictureSize";
import type { TransformChain } from "./transforms";
import type { Frame, Size } from "./transforms/frame";

export interface Seen {
  /** Class numbers as the model gives them, [height, width]. */
  readonly ids: Uint8Array;
  readonly size: readonly [height: number, width: number];
  /** What of the picture the prepared one shows, and what validation made of that. */
  readonly frame: Frame;
  readonly draw: Draw;
}

/** Pixel of the model's picture for each row (or column) of the file's; −1 beyond what the model has seen. */
function places(length: number, seen: number, to: (unit: number) => number): Int32Array {
  return Int32Array.from({ length }, (_, i) => {
    const at = Math.floor(((to(i + 0.5) + 1) / 2) * seen);
    return at >= 0 && at < seen ? at : -1;
  });
}

/** The class of each pixel of a picture of this size; NO_CLASS where the model has not seen it. */
export function originalIds({ ids, size, frame, draw }: Seen, { width, height }: Size): Uint8Array<ArrayBuffer> {
  const [tall, wide] = size;
  // Validation neither turns nor warps: rows stay rows.
  const map = pointMap(draw);
  const x = places(width, wide, (at) => mapPoint(map, (2 * (at - frame.left)) / frame.width - 1, 0)[0]);
  const y = places(height, tall, (at) => mapPoint(map, 0, (2 * (at - frame.top)) / frame.height - 1)[1]);
  const out = new Uint8Array(width * height).fill(NO_CLASS);
  for (let row = 0; row < height; row += 1) {
    const from = y[row] as number;
    if (from < 0) continue;
    for (let column = 0; column < width; column += 1) {
      const at = x[column] as number;
      if (at >= 0) out[row * width + column] = ids[from * wide + at] as number;
    }
  }
  return out;
}

/** A PNG whose pixels are class numbers, each in its class's colour; pixels without a class are 255, in black. */
export function maskPng(ids: Uint8Array<ArrayBuffer>, { width, height }: Size): Promise<Uint8Array<ArrayBuffer>> {
  const palette = new Uint8Array(768);
  for (let i = 0; i < NO_CLASS; i += 1) palette.set(classColour(i), 3 * i);
  return encodePng({ width, height, channels: 1, data: ids, palette });
}

export interface Prepared {
  readonly chain: Pick<TransformChain, "frame">;
  readonly draw: Draw;
  /** The recipe's masks lie on the pictures as they are stored, so a predicted one does too. */
  readonly stored: boolean;
}

/** The mask of a picture file from what the model gave, as large as the picture; null where it cannot be read. */
export async function maskOfFile(
  file: Result<Blob, Problem>,
  path: string,
  ids: Uint8Array,
  { chain, draw, stored }: Prepared,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const own = file.ok ? await pictureSize(file.value, path) : null;
  if (own === null) return null;
  const upright = originalIds({ ids, size: draw.size, frame: chain.frame(own), draw }, own);
  if (!stored) return maskPng(upright, own);
  return maskPng(turnBytes(upright, own, backFrom(own.orientation)), turnedSize(own, own.orientation));
}

/** Names of mask files for pictures: the same paths, as PNG; where two would be one, the whole name stays in front. */
export function maskNames(paths: readonly string[]): string[] {
  const plain = paths.map((path) => `${path.replace(/\.[^./]+$/, "")}.png`);
  const counts = new Map<string, number>();
  for (const name of plain) counts.set(name, (counts.get(name) ?? 0) + 1);
  return plain.map((name, i) => ((counts.get(name) ?? 0) > 1 ? `${paths[i]}.png` : name));
}
