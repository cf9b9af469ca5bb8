// Looks at pictures from aside: four ways to move their corners.
import type { Rng } from "../../base/rng";
import type { NumberParam } from "../../spec/params";
import { perspective, type Corners } from "./affine";
import { chance, evenly, listOf, numberOf, type Augment, type Step } from "./augment";
import { warped } from "./draw";

const most = (value: number): NumberParam => ({
  kind: "number",
  id: "max",
  label: "Strength",
  help: "How far corners move, in half pictures. fastai's usual value is 0.2.",
  default: value,
  min: 0,
  max: 0.8,
  step: 0.05,
});

const warp = (resolve: Step["resolve"], corners: (values: Parameters<Step["apply"]>[0]) => Corners): Step => ({
  order: 4,
  resolve,
  apply: (values) => warped(perspective(corners(values))),
});

const magnitudes = (rng: Rng, count: number, max: number): number[] =>
  Array.from({ length: count }, () => evenly(rng, max));

export const symmetricWarp: Augment = {
  id: "symmetricWarp",
  label: "Symmetric warp",
  help: "Tilts pictures as if the camera stood a little to the side, above or below. Leave it out for tiles seen from straight above.",
  params: [most(0.2), chance(0.75)],
  steps: [
    warp(
      (rng, fields) => ({ magnitude: magnitudes(rng, 4, fields.number("max")) }),
      (values) => {
        const [a = 0, b = 0, c = 0, d = 0] = listOf(values, "magnitude", 4);
        return [-d, -b, -c, b, d, -a, c, a];
      },
    ),
  ],
};

export const perspectiveWarp: Augment = {
  id: "perspectiveWarp",
  label: "Perspective warp",
  help: "Moves each corner of a picture on its own.",
  params: [most(0.1), chance(0.75)],
  steps: [
    warp(
      (rng, fields) => ({ magnitude: magnitudes(rng, 8, fields.number("max")) }),
      (values) => listOf(values, "magnitude", 8) as unknown as Corners,
    ),
  ],
};

export const tilt: Augment = {
  id: "tilt",
  label: "Tilt",
  help: "Tilts pictures towards one of their four edges.",
  params: [most(0.2), chance(0.75)],
  steps: [
    warp(
      (rng, fields) => ({ direction: rng.below(4), magnitude: evenly(rng, fields.number("max")) }),
      (values) => {
        const m = numberOf(values, "magnitude");
        const edges: readonly Corners[] = [
          [0, 0, 0, 0, 0, -m, 0, m],
          [0, -m, 0, m, 0, 0, 0, 0],
          [0, 0, -m, 0, 0, 0, m, 0],
          [-m, 0, 0, 0, m, 0, 0, 0],
        ];
        return edges[numberOf(values, "direction")] ?? [0, 0, 0, 0, 0, 0, 0, 0];
      },
    ),
  ],
};

export const skew: Augment = {
  id: "skew",
  label: "Skew",
  help: "Pulls one corner of a picture along one edge.",
  params: [most(0.2), chance(0.75)],
  steps: [
    warp(
      (rng, fields) => ({ direction: rng.below(8), magnitude: evenly(rng, fields.number("max")) }),
      (values) => {
        const [direction, m] = [numberOf(values, "direction"), numberOf(values, "magnitude")];
        // fastai numbers the coordinates that move; each moves away from the middle.
        const sign = direction < 3 || direction === 5 ? -1 : 1;
        return Array.from({ length: 8 }, (_, i) => (i === direction ? sign * m : 0)) as unknown as Corners;
      },
    ),
  ],
};
