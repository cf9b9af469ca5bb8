// Makes pictures brighter or darker.
import { chance, evenly, numberOf, type Augment } from "./augment";
import { lighted } from "./draw";

const logit = (value: number): number => Math.log(value / (1 - value));

export const brightness: Augment = {
  id: "brightness",
  label: "Brightness",
  help: "Makes pictures brighter or darker, so that the model does not rely on the light of the day.",
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
      resolve: (rng, fields) => ({ change: 0.5 * (1 + evenly(rng, fields.number("max"))) }),
      apply: (values) => lighted(1, logit(numberOf(values, "change", 0.5))),
    },
  ],
};
