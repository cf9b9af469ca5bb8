// The learning-rate range test (Smith 2015) as in fastai: rising rates until the loss explodes, then all is put back.
import type { LearnerState } from "./learnerState";
import type { LrFindResult } from "../spec/run";
import type { Callback, Training } from "./callback";
import { CancelFit } from "./cancel";
import type { FitOutcome, FitPlan } from "./fitPlan";
import { suggestLearningRates } from "./lrSuggestions";
import { exponential } from "../spec/schedules/schedule";
import { createSmoothing } from "./smoothing";

export interface LrFindOptions {
  /** First and last learning rate; 1e-7 and 10 unless told. */
  readonly start?: number;
  readonly end?: number;
  /** Training steps; 100 unless told, at least 6. */
  readonly steps?: number;
  /** Position in the recipe, for the result. */
  readonly stage?: number;
  readonly callbacks?: readonly Callback[];
  readonly signal?: AbortSignal;
}

/** What the finder needs of a learner. */
export interface Findable extends Training {
  run(plan: FitPlan): Promise<FitOutcome>;
  restore(state: LearnerState): void;
}

/** fastai's range and number of steps. */
export const lrFindDefaults = { start: 1e-7, end: 10, steps: 100 } as const;

/** Smoothed loss above this many times the best one counts as exploded. */
const explosion = 4;

function finder(lrAt: (step: number) => number, steps: number) {
  const smoothing = createSmoothing();
  const found = { lrs: [] as number[], losses: [] as number[], stopped: "finished" as LrFindResult["stopped"] };
  let best = Number.POSITIVE_INFINITY;
  let done = false;
  const take = (loss: number): void => {
    const smooth = smoothing.add(loss);
    if (!Number.isFinite(smooth)) {
      found.stopped = "notFinite";
      done = true;
      return;
    }
    found.lrs.push(lrAt(found.lrs.length));
    found.losses.push(smooth);
    best = Math.min(best, smooth);
    if (smooth > explosion * best) found.stopped = "diverged";
    done = found.stopped === "diverged" || found.lrs.length >= steps;
  };
  const callback: Callback = {
    name: "lrFinder",
    afterLosses(_learn, _first, losses) {
      // Losses come a few steps late; those after the end are not part of the curve.
      for (const loss of losses) if (!done) take(loss);
      if (done) throw new CancelFit();
    },
    beforeBatch(learn) {
      if (learn.fitStep >= steps) throw new CancelFit();
    },
  };
  return { callback, found };
}

/** Trains at lr = start·(end/start)^(i/steps) and suggests rates; weights, statistics and optimizer are as before afterwards. */
export async function lrFind(learn: Findable, options: LrFindOptions = {}): Promise<LrFindResult> {
  const { start, end, stage = 0, callbacks = [], signal, ...given } = { ...lrFindDefaults, ...options };
  const steps = Math.max(6, given.steps);
  const rate = exponential(start, end);
  const groups = learn.model.groups.length;
  const { callback, found } = finder((step) => rate(step / steps), steps);
  const before = await learn.state();
  try {
    await learn.run({
      purpose: "lrFind",
      epochs: Math.ceil(steps / Math.max(1, learn.data.train.batches)),
      schedule: (step) => ({ lrs: Array<number>(groups).fill(rate(step / steps)), momentum: 0.9 }),
      callbacks: [...callbacks, callback],
      ...(signal ? { signal } : {}),
    });
  } finally {
    learn.restore(before);
  }
  return { stage, ...found, suggestions: suggestLearningRates(found.lrs, found.losses, steps) };
}
