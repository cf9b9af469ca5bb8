// The one-cycle policy (Smith 2018) exactly as fastai v1 anneals it: cosine up, cosine down, momentum the other way.
import { combine, cosine } from "./schedule";
import type { FitSchedule, Schedule } from "./schedule";

export interface OneCycleOptions {
  /** Part of the steps spent rising. */
  readonly pctStart?: number;
  /** The cycle begins at lrMax / div. */
  readonly div?: number;
  /** And ends at lrMax / divFinal; fastai's 10,000 · div unless told. */
  readonly divFinal?: number;
  /** Momentum at both ends, and at the top. */
  readonly moms?: readonly [number, number];
}

/** `pct` is step / steps, steps counted from 0; the rise takes int(steps · pctStart) steps, at least one. */
export function oneCycle(steps: number, options: OneCycleOptions = {}): FitSchedule {
  const { pctStart = 0.3, div = 25, moms = [0.95, 0.85] } = options;
  const divFinal = options.divFinal ?? div * 1e4;
  const rise = Math.max(1, Math.floor(steps * pctStart));
  const fall = Math.max(1, steps - Math.floor(steps * pctStart));
  const shape = (start: number, top: number, end: number): Schedule =>
    combine([
      { share: rise / steps, schedule: cosine(start, top) },
      { share: fall / steps, schedule: cosine(top, end) },
    ]);
  return {
    lr: (lrMax) => shape(lrMax / div, lrMax, lrMax / divFinal),
    momentum: shape(moms[0], moms[1], moms[0]),
  };
}
