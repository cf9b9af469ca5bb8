// Mirrors pictures left to right.
import { IDENTITY } from "./affine";
import { chance, type Augment } from "./augment";

export const flip: Augment = {
  id: "flip",
  label: "Flip",
  help: "Mirrors half of the pictures left to right. Leave it out where left and right matter, as in digits.",
  order: 10,
  params: [chance(0.5)],
  draw: (rng, fields) => ({ matrix: rng.uniform() < fields.number("p") ? [-1, 0, 0, 0, 1, 0] : IDENTITY }),
};
