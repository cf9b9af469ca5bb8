// Turns pictures a little.
import { IDENTITY } from "./affine";
import { chance, type Augment } from "./augment";

export const rotate: Augment = {
  id: "rotate",
  label: "Rotate",
  help: "Turns pictures by a random angle, so that the model does not rely on things being level.",
  order: 5,
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
  draw(rng, fields) {
    const runs = rng.uniform() < fields.number("p");
    const angle = (fields.number("max") * (2 * rng.uniform() - 1) * Math.PI) / 180;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    return { matrix: runs ? [cos, -sin, 0, sin, cos, 0] : IDENTITY };
  },
};
