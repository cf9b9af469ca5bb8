// Brings pictures to their last size on the GPU: in the same pass as everything else, so that they are sampled once.
import { roundEven } from "../../base/roundEven";
import type { Size } from "../../kernels/augmentPlan";
import { beyondEdge, listOf, numberOf, SIDES, type Augment, type Step, type Values } from "./augment";
import type { Fields } from "../choice";
import { resized, warped, type Draw } from "./draw";
import { toMatrix, type Affine } from "./affine";
import { randomCropStep } from "./crops";

/** fastai's `_get_resize_target`: the size at which the target just fits in (crop) or around (pad). */
export function resizeTarget([h, w]: Size, [rows, columns]: Size, method: string): Size {
  if (method === "squish") return [rows, columns];
  const ratio = (method === "crop" ? Math.min : Math.max)(h / rows, w / columns);
  return [roundEven(h / ratio), roundEven(w / ratio)];
}

const target = (values: Values): Size => [numberOf(values, "height"), numberOf(values, "width")];
const sizeOf = (fields: Fields): Values => ({
  height: fields.number("height"),
  width: fields.number("width"),
  method: fields.text("method"),
});

export const finalSize: Augment = {
  id: "finalSize",
  label: "Last size",
  help: "Makes pictures that are prepared larger small only here, in one pass with everything else: the edges of turned pictures then show what was there. fastai calls it presizing.",
  params: [
    ...SIDES,
    {
      kind: "choice",
      id: "method",
      label: "Method",
      help: "Squish keeps everything but changes proportions, crop cuts a piece at a random place (the middle for validation), pad keeps both and fills up.",
      default: "crop",
      options: [
        { id: "squish", label: "Squish" },
        { id: "crop", label: "Crop" },
        { id: "pad", label: "Pad" },
      ],
    },
    beyondEdge,
  ],
  steps: [
    {
      order: -5,
      resolve: (_, fields) => sizeOf(fields),
      apply: (values) => (draw: Draw) =>
        resized(resizeTarget(draw.source, target(values), String(values["method"])))(draw),
      evaluate: sizeOf,
    },
    randomCropStep,
  ],
};

const TRIES = 8;

/** The first of the drawn pieces that lies within the picture, or the largest one in the middle with the right proportions. */
function piece(values: Values, source: Size, frame: Size): Affine {
  const inverts = listOf(values, "invert", TRIES);
  const squishes = listOf(values, "squish", TRIES);
  for (const [i, drawn] of listOf(values, "scale", TRIES).entries()) {
    const [s, r] = [1 / Math.sqrt(drawn), Math.sqrt(squishes[i] ?? 1)];
    if (s * r > 1 || s / r > 1) continue;
    const [w, h] = inverts[i] === 1 ? [s / r, s * r] : [s * r, s / r];
    const at = (size: number, id: string): number => (1 - size) * (2 * numberOf(values, id, 0.5) - 1);
    return [w, 0, at(w, "colPct"), 0, h, at(h, "rowPct")];
  }
  const ratio = source[1] / source[0] / (frame[1] / frame[0]);
  return ratio > 1 ? [1 / ratio, 0, 0, 0, 1, 0] : [1, 0, 0, 0, ratio, 0];
}

const both = (fields: Fields): Values => ({ height: fields.number("height"), width: fields.number("width") });

const toSize: Step = {
  order: -5,
  resolve: (_, fields) => both(fields),
  apply: (values) => resized(target(values)),
  evaluate: both,
};

export const randResizeCrop: Augment = {
  id: "randResizeCrop",
  label: "Random resized crop",
  help: "Trains on a piece of random size, place and proportions, brought to one size; validates on the middle. The usual way to train on large collections of photographs.",
  params: [
    ...SIDES,
    {
      kind: "number",
      id: "maxScale",
      label: "Largest zoom",
      help: "2 means that the piece is at least half of the picture's area.",
      default: 2,
      min: 1,
      max: 12,
      step: 0.25,
      unit: "×",
    },
    {
      kind: "number",
      id: "ratio",
      label: "Proportions",
      help: "How far a piece may be stretched; 1.33 means from 3 : 4 to 4 : 3.",
      default: 1.33,
      min: 1,
      max: 2,
      step: 0.01,
      advanced: true,
    },
  ],
  steps: [
    toSize,
    {
      order: 4,
      resolve(rng, fields) {
        const draws = (make: () => number): number[] => Array.from({ length: TRIES }, make);
        const [low, high] = [1 / fields.number("ratio"), fields.number("ratio")];
        return {
          scale: draws(() => 1 + (fields.number("maxScale") - 1) * rng.uniform()),
          squish: draws(() => low + (high - low) * rng.uniform()),
          invert: draws(() => (rng.uniform() < 0.5 ? 1 : 0)),
          rowPct: rng.uniform(),
          colPct: rng.uniform(),
        };
      },
      apply: (values) => (draw) => warped(toMatrix(piece(values, draw.source, draw.frame)))(draw),
      evaluate: () => ({ scale: [] }),
    },
  ],
};
