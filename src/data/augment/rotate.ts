// Turns pictures a little.
import { chance, evenly, numberOf, type Augment } from "./augment";
import { turned } from "./draw";

export const rotate: Augment = {
  id: "rotate",
  label: "Rotate",
  help: "Turns pictures by a random angle, so that the model does not rely on things being level.",
  params: [
    {
      kind: "number",
      id: "max",
      label: "Largest angle",
      help: "Drawn evenly from minus this to plus this.",
      default: 10,
      min: 0,
      max: 180,
      step: 1,
      unit: "°",
    },
    chance(0.75),
  ],
  steps: [
    {
      order: 5,
      resolve: (rng, fields) => ({ degrees: evenly(rng, fields.number("max")) }),
      apply(values) {
        const angle = (numberOf(values, "degrees") * Math.PI) / 180;
        const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
        return turned([cos, -sin, 0, sin, cos, 0]);
      },
    },
  ],
};
