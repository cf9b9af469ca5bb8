// Resizes every picture to one square size: squished, cropped or padded.
import { NO_CLASS } from "../../spec/packedMask";
import type { Pixels } from "../decode/pixels";
import { mirror, wholeFrame, type Frame, type Size } from "./frame";
import { scale } from "./resample";
import type { Transform } from "./transform";

/** The largest centred square, scaled. */
function crop(pixels: Pixels, size: number): Pixels {
  const side = Math.min(pixels.width, pixels.height);
  const left = (pixels.width - side) / 2;
  const top = (pixels.height - side) / 2;
  return scale(pixels, size, size, { left, top, width: side, height: side });
}

/** Size of the whole picture inside of the padded square, and where it begins. */
function inside(from: Size, size: number): Size & { readonly left: number; readonly top: number } {
  const ratio = size / Math.max(from.width, from.height);
  const width = Math.max(1, Math.round(from.width * ratio));
  const height = Math.max(1, Math.round(from.height * ratio));
  return { width, height, left: (size - width) >> 1, top: (size - height) >> 1 };
}

/** The whole picture, centred; what is left over is its mirror image or black. */
function pad(pixels: Pixels, size: number, edge: string): Pixels {
  const { width, height, left, top } = inside(pixels, size);
  const inner = scale(pixels, width, height);
  if (width === size && height === size) return inner;
  const { channels, exact = false } = pixels;
  // Beside a mask there is no class, not the first one.
  const data = new Uint8Array(size * size * channels).fill(exact ? NO_CLASS : 0);
  for (let y = 0; y < size; y += 1)
    for (let x = 0; x < size; x += 1) {
      const [fromX, fromY] = [x - left, y - top];
      const outside = fromX < 0 || fromX >= width || fromY < 0 || fromY >= height;
      if (outside && edge === "black") continue;
      const from = (mirror(fromY, height) * width + mirror(fromX, width)) * channels;
      data.set(inner.data.subarray(from, from + channels), (y * size + x) * channels);
    }
  return { ...pixels, width: size, height: size, data };
}

/** The part of the picture under the padded square; it reaches beyond the shorter sides. */
function paddedFrame(from: Size, size: number): Frame {
  const { width, height, left, top } = inside(from, size);
  const [across, down] = [from.width / width, from.height / height];
  return { left: -left * across, top: -top * down, width: size * across, height: size * down };
}

export const resize: Transform = {
  id: "resize",
  label: "Resize",
  help: "Makes all pictures square and of one size, so that they fit into a batch. Larger shows more and trains slower.",
  params: [
    {
      kind: "number",
      id: "size",
      label: "Size",
      help: "Pixels on each side.",
      default: 128,
      min: 8,
      max: 1024,
      step: 8,
      integer: true,
      unit: "px",
    },
    {
      kind: "choice",
      id: "method",
      label: "Method",
      help: "How a picture that is not square is made to fit. Squish keeps everything but changes proportions, crop cuts the longer sides, pad keeps both and fills up.",
      default: "crop",
      options: [
        { id: "squish", label: "Squish" },
        { id: "crop", label: "Crop" },
        { id: "pad", label: "Pad" },
      ],
    },
    {
      kind: "choice",
      id: "edge",
      label: "Fill with",
      help: "What padding shows beside the picture.",
      default: "reflection",
      options: [
        { id: "reflection", label: "Mirror image" },
        { id: "black", label: "Black" },
      ],
      advanced: true,
    },
  ],
  outputSize: (fields) => ({ width: fields.number("size"), height: fields.number("size") }),
  frame(from, fields) {
    const method = fields.text("method");
    if (method === "pad") return paddedFrame(from, fields.number("size"));
    if (method === "squish") return wholeFrame(from);
    const side = Math.min(from.width, from.height);
    return { left: (from.width - side) / 2, top: (from.height - side) / 2, width: side, height: side };
  },
  run(pixels, fields) {
    const size = fields.number("size");
    const method = fields.text("method");
    if (method === "squish") return scale(pixels, size, size);
    return method === "crop" ? crop(pixels, size) : pad(pixels, size, fields.text("edge"));
  },
};
