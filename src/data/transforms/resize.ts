// Resizes every picture to one size: squished, cropped or padded.
import { roundEven } from "../../base/roundEven";
import type { Fields } from "../choice";
import type { Pixels } from "../decode/pixels";
import { wholeFrame, type Frame, type Size } from "./frame";
import { gridResize } from "./gridResize";
import { place, type Corner } from "./place";
import { scale } from "./resample";
import type { Transform } from "./transform";

const sizeOf = (fields: Fields): Size => {
  const height = fields.number("size");
  return { height, width: fields.number("width") || height };
};

/** fastai's way: first the whole picture at another size, then the middle of it, in whole pixels. */
function steps(from: Size, target: Size, method: string): Size & Corner {
  if (method === "squish") return { ...target, left: 0, top: 0 };
  const ratio = (method === "crop" ? Math.min : Math.max)(from.height / target.height, from.width / target.width);
  const [height, width] = [roundEven(from.height / ratio), roundEven(from.width / ratio)];
  const start = (have: number, want: number): number => {
    const pad = Math.max(Math.trunc((want - have + 1) / 2), 0);
    return Math.trunc((have + 2 * pad - want + 1) / 2) - pad;
  };
  return { height, width, left: start(width, target.width), top: start(height, target.height) };
}

/** The largest part in the middle with the target's proportions, in fractions of pixels. */
function middle(from: Size, target: Size): Frame {
  const ratio = Math.min(from.height / target.height, from.width / target.width);
  const [width, height] = [target.width * ratio, target.height * ratio];
  return { left: (from.width - width) / 2, top: (from.height - height) / 2, width, height };
}

/** Size of the whole picture inside of the target, and where the target begins in it. */
function inside(from: Size, target: Size): Size & Corner {
  const ratio = Math.min(target.height / from.height, target.width / from.width);
  const width = Math.max(1, Math.round(from.width * ratio));
  const height = Math.max(1, Math.round(from.height * ratio));
  return { width, height, left: -((target.width - width) >> 1), top: -((target.height - height) >> 1) };
}

/** The window of the source under a target that was cut from a picture scaled as a whole. */
function frameOf(from: Size, target: Size, { width, height, left, top }: Size & Corner): Frame {
  const [across, down] = [from.width / width, from.height / height];
  return { left: left * across, top: top * down, width: target.width * across, height: target.height * down };
}

function smooth(pixels: Pixels, target: Size, method: string, edge: string): Pixels {
  if (method === "squish") return scale(pixels, target.width, target.height);
  if (method === "crop") return scale(pixels, target.width, target.height, middle(pixels, target));
  const inner = inside(pixels, target);
  return place(scale(pixels, inner.width, inner.height), target, inner, edge);
}

function likeFastai(pixels: Pixels, target: Size, method: string, edge: string): Pixels {
  const first = steps(pixels, target, method);
  return place(gridResize(pixels, first.width, first.height), target, first, edge);
}

export const resize: Transform = {
  id: "resize",
  label: "Resize",
  help: "Makes all pictures of one size, so that they fit into a batch. Larger shows more and trains slower.",
  params: [
    {
      kind: "number",
      id: "size",
      label: "Size",
      beside: { field: "width", label: "Height" },
      help: "Pixels on each side, or the height where a width is given.",
      default: 128,
      min: 8,
      max: 1024,
      step: 8,
      integer: true,
      unit: "px",
    },
    {
      kind: "number",
      id: "width",
      label: "Width",
      help: "0 makes pictures square. Street scenes and film frames keep their proportions with a width of their own.",
      default: 0,
      min: 0,
      max: 2048,
      step: 8,
      integer: true,
      unit: "px",
      advanced: true,
    },
    {
      kind: "choice",
      id: "method",
      label: "Method",
      help: "How a picture of other proportions is made to fit. Squish keeps everything but changes proportions, crop cuts the longer sides, pad keeps both and fills up.",
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
        { id: "border", label: "Edge colour" },
        { id: "black", label: "Black" },
      ],
      advanced: true,
    },
    {
      kind: "choice",
      id: "sampling",
      label: "Sampling",
      help: "Smooth counts every pixel of the file. fastai v1 looks at single places, after averaging where it shrinks by more than two; take it to compare numbers with fastai.",
      default: "smooth",
      options: [
        { id: "smooth", label: "Smooth" },
        { id: "fastai", label: "As fastai v1" },
      ],
      advanced: true,
    },
  ],
  outputSize: sizeOf,
  frame(from, fields) {
    const [target, method] = [sizeOf(fields), fields.text("method")];
    if (method === "squish") return wholeFrame(from);
    if (fields.text("sampling") === "fastai") return frameOf(from, target, steps(from, target, method));
    return method === "crop" ? middle(from, target) : frameOf(from, target, inside(from, target));
  },
  run(pixels, fields) {
    const run = fields.text("sampling") === "fastai" ? likeFastai : smooth;
    return run(pixels, sizeOf(fields), fields.text("method"), fields.text("edge"));
  },
};
