// Stretches pictures in one direction.
import { chance, evenly, numberOf, type Augment } from "./augment";
import { turned } from "./draw";

export const squish: Augment = {
  id: "squish",
  label: "Squish",
  help: "Stretches pictures in width or in height, so that the model does not rely on proportions.",
  params: [
    {
      kind: "number",
      id: "max",
      label: "Largest stretch",
      help: "1 is none; drawn as often in width as in height.",
      default: 1.2,
      min: 1,
      max: 3,
      step: 0.05,
      unit: "×",
    },
    chance(0.75),
  ],
  steps: [
    {
      order: 5,
      resolve: (rng, fields) => ({
        scale: Math.exp(evenly(rng, Math.log(fields.number("max")))),
        rowPct: rng.uniform(),
        colPct: rng.uniform(),
      }),
      apply(values) {
        const scale = numberOf(values, "scale", 1);
        const at = (size: number, id: string): number => (1 - size) * (2 * numberOf(values, id, 0.5) - 1);
        return scale <= 1
          ? turned([scale, 0, at(scale, "colPct"), 0, 1, 0])
          : turned([1, 0, 0, 0, 1 / scale, at(1 / scale, "rowPct")]);
      },
    },
  ],
};
