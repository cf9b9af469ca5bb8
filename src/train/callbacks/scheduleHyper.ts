// Sets learning rates and momentum of every step from a schedule.
import type { Hyper } from "../../optim/optimizer";
import type { Callback } from "../callback";

/** `steps` is the number of steps of the whole fit. */
export function scheduleHyper(schedule: (step: number, steps: number) => Hyper): Callback {
  return {
    name: "scheduleHyper",
    order: -100,
    beforeBatch(learn) {
      if (learn.training) learn.hyper = schedule(learn.fitStep, learn.epochs * learn.batches);
    },
  };
}
