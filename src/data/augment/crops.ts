// Cuts pieces of one size out of pictures, and widens pictures that are too small.
import type { NumberParam } from "../../spec/params";
import { beyondEdge, numberOf, paddingOf, SIDES, type Augment, type Step, type Values } from "./augment";
import type { Fields } from "../choice";
import { cropped, padded } from "./draw";
import { zoomStep } from "./zoom";

const sizeOf = (fields: Fields): Values => ({
  height: fields.number("height"),
  width: fields.number("width"),
  paddingMode: fields.text("padding"),
});

const crop: Pick<Step, "order" | "apply"> = {
  order: 99,
  apply: (values) => (draw) => {
    const size = [numberOf(values, "height", draw.size[0]), numberOf(values, "width", draw.size[1])] as const;
    return cropped(size, numberOf(values, "rowPct", 0.5), numberOf(values, "colPct", 0.5), paddingOf(values))(draw);
  },
};

/** At a random place for training, in the middle for validation. */
export const randomCropStep: Step = {
  ...crop,
  resolve: (rng, fields) => ({ ...sizeOf(fields), rowPct: rng.uniform(), colPct: rng.uniform() }),
  evaluate: sizeOf,
};

const share = (id: string, label: string): NumberParam => ({
  kind: "number",
  id,
  label,
  help: "0 is the beginning, 1 the end.",
  default: 0.5,
  min: 0,
  max: 1,
  step: 0.05,
  advanced: true,
});

const placed = (fields: Fields): Values => ({
  ...sizeOf(fields),
  rowPct: fields.number("rowPct"),
  colPct: fields.number("colPct"),
});

export const cropPad: Augment = {
  id: "cropPad",
  label: "Crop or pad",
  help: "Cuts the middle out of larger pictures and widens smaller ones, for training and validation alike.",
  params: [...SIDES, beyondEdge, share("rowPct", "From the top"), share("colPct", "From the left")],
  steps: [{ ...crop, resolve: (_, fields) => placed(fields), evaluate: placed }],
};

export const randCrop: Augment = {
  id: "randCrop",
  label: "Random crop",
  help: "Trains on a piece at a random place, another one in each epoch; validates on the middle, or on the whole in tiles. For pictures that are prepared larger than this.",
  params: [
    ...SIDES,
    {
      kind: "boolean",
      id: "tiles",
      label: "Whole pictures in tiles",
      help: "For masks: validation and predictions take the whole picture, in overlapping tiles of this size whose answers are blended. Without it they see only the middle.",
      default: false,
    },
    {
      kind: "number",
      id: "overlap",
      label: "Overlap of tiles",
      help: "Share of a tile that its neighbour sees too: more makes softer seams and takes longer.",
      default: 0.25,
      min: 0.05,
      max: 0.5,
      step: 0.05,
      advanced: true,
    },
    beyondEdge,
  ],
  steps: [{ ...randomCropStep, tiles: (fields) => (fields.flag("tiles") ? fields.number("overlap") : null) }],
};

const padding: NumberParam = {
  kind: "number",
  id: "pixels",
  label: "Rim",
  help: "Pixels that are added on each side.",
  default: 4,
  min: 0,
  max: 256,
  step: 1,
  integer: true,
  unit: "px",
};

const widen = (fields: Fields): Values => ({
  padding: fields.number("pixels"),
  paddingMode: fields.text("padding"),
});

const padStep: Step = {
  order: -10,
  resolve: (_, fields) => widen(fields),
  apply(values) {
    const pixels = numberOf(values, "padding");
    return padded(pixels, pixels, paddingOf(values));
  },
};

export const pad: Augment = {
  id: "pad",
  label: "Pad",
  help: "Adds a rim on all sides before everything else, for training and validation alike.",
  params: [padding, beyondEdge],
  steps: [{ ...padStep, evaluate: widen }],
};

export const randPad: Augment = {
  id: "randPad",
  label: "Pad and random crop",
  help: "Adds a rim and cuts a piece of the given size out at a random place: shifts small pictures by a few pixels. Validation takes the middle.",
  params: [padding, ...SIDES, beyondEdge],
  steps: [{ ...padStep, evaluate: widen }, randomCropStep],
};

export const zoomCrop: Augment = {
  id: "zoomCrop",
  label: "Zoom and crop",
  help: "Zooms into a random place and cuts a piece of the given size.",
  params: [
    {
      kind: "number",
      id: "scale",
      label: "Largest zoom",
      help: "1 is no zoom; drawn evenly from 1 to this.",
      default: 1.2,
      min: 1,
      max: 3,
      step: 0.05,
      unit: "×",
    },
    ...SIDES,
    beyondEdge,
  ],
  steps: [zoomStep("scale"), randomCropStep],
};
