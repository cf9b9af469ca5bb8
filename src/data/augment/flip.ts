// Mirrors pictures left to right.
import { chance, type Augment } from "./augment";
import { laid } from "./draw";

export const flip: Augment = {
  id: "flip",
  notAtTestTime: true,
  label: "Flip",
  help: "Mirrors half of the pictures left to right. Leave it out where left and right matter, as in digits.",
  params: [chance(0.5)],
  steps: [{ order: 10, resolve: () => ({}), apply: () => laid(2) }],
};
