// Several points are not mirrored: what is left would become right, under the same name.
import type { Guess } from "../../spec/dataReport";
import { getTransforms } from "../../spec/getTransforms";

interface Mirroring {
  readonly evidence: readonly string[];
  readonly data: Pick<Guess["data"], "augment">;
}

/** fastai's augmentations, for more than one point without its flip. */
export function mirroring(points: number): Mirroring {
  if (points < 2) return { evidence: [], data: { augment: getTransforms() } };
  return {
    evidence: ["Nothing is mirrored, since points on the left and on the right have names of their own."],
    data: { augment: getTransforms({ doFlip: false }) },
  };
}
