// Mirrors pictures left to right.
import { chance, type Augment } from "./augment";
import { laid, turned } from "./draw";

export const flip: Augment = {
  id: "flip",
  notAtTestTime: true,
  mirrors: true,
  label: "Flip",
  help: "Mirrors half of the pictures left to right. Leave it out where left and right matter, as in digits.",
  params: [chance(0.5)],
  steps: [{ order: 10, resolve: () => ({}), apply: () => laid(2) }],
};

export const flipAffine: Augment = {
  id: "flipAffine",
  label: "Flip, as a turn",
  help: "As flip, but together with the turns, in the order of the list: a flip after a turn also mirrors the turn.",
  params: [chance(0.5)],
  steps: [{ order: 5, resolve: () => ({}), apply: () => turned([-1, 0, 0, 0, 1, 0]) }],
};
