// Zooms into a random place of each picture.
import { IDENTITY } from "./affine";
import { chance, type Augment } from "./augment";

export const zoom: Augment = {
  id: "zoom",
  label: "Zoom",
  help: "Zooms into a random place, so that the model sees things at several sizes.",
  order: 5,
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
  draw(rng, fields) {
    const runs = rng.uniform() < fields.number("p");
    const size = 1 / (1 + (fields.number("max") - 1) * rng.uniform());
    const [row, column] = [rng.uniform(), rng.uniform()];
    return {
      matrix: runs ? [size, 0, (1 - size) * (2 * column - 1), 0, size, (1 - size) * (2 * row - 1)] : IDENTITY,
    };
  },
};
