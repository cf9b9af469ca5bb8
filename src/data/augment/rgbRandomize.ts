// Replaces one channel by faint noise.
import { chance, numberOf, type Augment } from "./augment";
import { noisy } from "./draw";

export const rgbRandomize: Augment = {
  id: "rgbRandomize",
  label: "Random channel",
  help: "Replaces one colour channel by faint noise, so that the model does not rely on a single colour. As in fastai, the last channel is spared.",
  params: [
    {
      kind: "number",
      id: "thresh",
      label: "Strongest noise",
      help: "As a share of full light.",
      default: 0.3,
      min: 0,
      max: 1,
      step: 0.05,
    },
    chance(0.25),
  ],
  steps: [
    {
      order: 10,
      resolve: (rng, fields) => ({ channelPct: rng.uniform(), amount: fields.number("thresh") * rng.uniform() }),
      apply: (values) => (draw) => {
        const channel = Math.floor(numberOf(values, "channelPct") * Math.max(1, draw.channels - 1));
        return noisy(channel, numberOf(values, "amount"))(draw);
      },
    },
  ],
};
