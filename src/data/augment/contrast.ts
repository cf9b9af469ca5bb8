// Strengthens or weakens the contrast of pictures.
import { chance, evenly, numberOf, type Augment } from "./augment";
import { lighted } from "./draw";

export const contrast: Augment = {
  id: "contrast",
  label: "Contrast",
  help: "Strengthens or weakens the contrast, so that the model does not rely on haze or on the camera.",
  params: [
    {
      kind: "number",
      id: "max",
      label: "Strength",
      help: "0 changes nothing; fastai's usual value is 0.2.",
      default: 0.2,
      min: 0,
      max: 0.9,
      step: 0.05,
    },
    chance(0.75),
  ],
  steps: [
    {
      order: 8,
      // Evenly in the logarithm, from 1 − max to 1 / (1 − max).
      resolve: (rng, fields) => ({ scale: Math.exp(evenly(rng, -Math.log(1 - fields.number("max")))) }),
      apply: (values) => lighted(numberOf(values, "scale", 1), 0),
    },
  ],
};
