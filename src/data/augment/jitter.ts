// Takes every pixel from a random place beside its own.
import { chance, evenly, numberOf, type Augment } from "./augment";
import { jittered } from "./draw";

export const jitter: Augment = {
  id: "jitter",
  label: "Jitter",
  help: "Takes every pixel from a random place close by, like frosted glass. Points stay where they are.",
  params: [
    {
      kind: "number",
      id: "max",
      label: "Strength",
      help: "How far pixels may come from, in half pictures.",
      default: 0.02,
      min: 0,
      max: 0.2,
      step: 0.005,
    },
    chance(0.5),
  ],
  steps: [
    {
      order: 4,
      resolve: (rng, fields) => ({ magnitude: evenly(rng, fields.number("max")) }),
      apply: (values) => jittered(Math.abs(numberOf(values, "magnitude"))),
    },
  ],
};
