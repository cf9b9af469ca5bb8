// Turns pictures by quarter turns and mirrors them: all eight ways to lay a square.
import { chance, numberOf, type Augment } from "./augment";
import type { Affine } from "./affine";
import { laid, turned } from "./draw";

export const dihedral: Augment = {
  id: "dihedral",
  notAtTestTime: true,
  mirrors: true,
  label: "Flip and quarter turn",
  help: "Lays each picture in one of the eight ways a square can lie. For pictures without an up and down, such as satellite tiles. Pictures that are not square are mirrored only.",
  params: [chance(1)],
  steps: [
    {
      order: 10,
      resolve: (rng) => ({ k: rng.below(8), keepSize: 1 }),
      apply: (values) => (draw) => {
        const k = numberOf(values, "k");
        // In a batch, quarter turns must not change the size of pictures that are not square.
        const mirror = numberOf(values, "keepSize") === 1 && draw.size[0] !== draw.size[1];
        return laid(mirror ? k & 3 : k)(draw);
      },
    },
  ],
};

/** fastai's matrix: bit 0 mirrors x, bit 1 mirrors y, bit 2 swaps the axes. */
function matrixOf(k: number): Affine {
  const x = k & 1 ? -1 : 1;
  const y = k & 2 ? -1 : 1;
  return k & 4 ? [0, x, 0, y, 0, 0] : [x, 0, 0, 0, y, 0];
}

export const dihedralAffine: Augment = {
  id: "dihedralAffine",
  mirrors: true,
  label: "Flip and quarter turn, as a turn",
  help: "As flip and quarter turn, but together with the other turns: a picture that is not square stays in its frame, and what is missing beside it is filled up.",
  params: [chance(1)],
  steps: [
    {
      order: 5,
      resolve: (rng) => ({ k: rng.below(8) }),
      apply: (values) => turned(matrixOf(numberOf(values, "k"))),
    },
  ],
};
