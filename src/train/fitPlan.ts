// What a fit is told: how long, by which schedule, and who listens.
import type { Hyper } from "../optim/optimizer";
import type { Callback, Training } from "./callback";

export interface FitOptions {
  readonly callbacks?: readonly Callback[];
  /** Stops after the batch at hand; the model is kept. */
  readonly signal?: AbortSignal;
  /** Goes on where a stopped or restored fit stands; give the same epochs and schedule as before. */
  readonly resume?: boolean;
}

export interface FitPlan extends FitOptions {
  readonly purpose: Training["purpose"];
  readonly epochs: number;
  /** Of the coming step, counted from 0 in this fit of `steps`. */
  readonly schedule: (step: number, steps: number) => Hyper;
}

export type FitOutcome = "finished" | "stopped";
