// Zooms into a random place of each picture.
import { chance, numberOf, type Augment, type Step } from "./augment";
import { turned } from "./draw";

/** fastai's `zoom`: 1/scale of the picture, at a place given by two shares. */
export const zoomStep = (most: string): Step => ({
  order: 5,
  resolve: (rng, fields) => ({
    scale: 1 + (fields.number(most) - 1) * rng.uniform(),
    rowPct: rng.uniform(),
    colPct: rng.uniform(),
  }),
  apply(values) {
    const size = 1 / numberOf(values, "scale", 1);
    const at = (id: string): number => (1 - size) * (2 * numberOf(values, id, 0.5) - 1);
    return turned([size, 0, at("colPct"), 0, size, at("rowPct")]);
  },
});

export const zoom: Augment = {
  id: "zoom",
  notAtTestTime: true,
  label: "Zoom",
  help: "Zooms into a random place, so that the model sees things at several sizes.",
  params: [
    {
      kind: "number",
      id: "max",
      label: "Largest zoom",
      help: "1 is no zoom; drawn evenly from 1 to this.",
      default: 1.1,
      min: 1,
      max: 3,
      step: 0.05,
      unit: "×",
    },
    chance(0.75),
  ],
  steps: [zoomStep("max")],
};
