// Turns pictures by quarter turns and mirrors them: all eight ways to lay a square.
import type { Affine } from "./affine";
import type { Augment } from "./augment";

/** fastai's `dihedral_affine`: bit 0 mirrors x, bit 1 mirrors y, bit 2 swaps the axes. */
export function dihedralMatrix(k: number): Affine {
  const x = k & 1 ? -1 : 1;
  const y = k & 2 ? -1 : 1;
  return k & 4 ? [0, x, 0, y, 0, 0] : [x, 0, 0, 0, y, 0];
}

export const dihedral: Augment = {
  id: "dihedral",
  label: "Flip and quarter turn",
  help: "Lays each picture in one of the eight ways a square can lie. For pictures without an up and down, such as satellite tiles.",
  order: 5,
  params: [],
  draw: (rng) => ({ matrix: dihedralMatrix(rng.below(8)) }),
};
