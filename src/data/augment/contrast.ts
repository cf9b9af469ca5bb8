// Strengthens or weakens the contrast of pictures.
import { chance, type Augment } from "./augment";

export const contrast: Augment = {
  id: "contrast",
  label: "Contrast",
  help: "Strengthens or weakens the contrast, so that the model does not rely on haze or on the camera.",
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
    const reach = -Math.log(1 - fields.number("max"));
    const scale = Math.exp(reach * (2 * rng.uniform() - 1));
    return { lighting: { scale: runs ? scale : 1, shift: 0 } };
  },
};
