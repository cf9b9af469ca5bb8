// Makes pictures brighter or darker.
import { chance, type Augment } from "./augment";

const logit = (value: number): number => Math.log(value / (1 - value));

export const brightness: Augment = {
  id: "brightness",
  label: "Brightness",
  help: "Makes pictures brighter or darker, so that the model does not rely on the light of the day.",
  order: 8,
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
  draw(rng, fields) {
    const runs = rng.uniform() < fields.number("p");
    const change = 0.5 * (1 + fields.number("max") * (2 * rng.uniform() - 1));
    return { lighting: { scale: 1, shift: runs ? logit(change) : 0 } };
  },
};
