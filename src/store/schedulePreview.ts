// What the recipe's stages will do to learning rate and momentum, computed before anything runs.
import type { LearningRate, Stage } from "../spec/recipe";

export interface SchedulePoint {
  /** Over all stages, from 0. */
  readonly step: number;
  readonly stage: number;
  /** Of the last layer group. */
  readonly lr: number;
  readonly momentum: number;
}

export interface StageSpan {
  readonly stage: number;
  /** First step and number of steps; steps of a search for a rate are not counted, since they leave no trace. */
  readonly from: number;
  readonly steps: number;
}

export interface SchedulePreview {
  readonly points: readonly SchedulePoint[];
  readonly spans: readonly StageSpan[];
  /** Training batches of all stages together. */
  readonly batches: number;
  readonly epochs: number;
}

/** The highest rate of the last layer group: fastai's `slice` ends there. */
export function topRate(lr: LearningRate): number {
  return typeof lr === "number" ? lr : lr.stop;
}

/** Training batches of an epoch, the last partial one left out. */
export function batchesPerEpoch(items: number, batchSize: number): number {
  return items === 0 ? 0 : Math.max(1, Math.floor(items / batchSize));
}

/** fastai: end + (start − end)/2 · (cos(π·pct) + 1). */
function anneal(start: number, end: number, pct: number): number {
  return end + ((start - end) / 2) * (Math.cos(Math.PI * pct) + 1);
}

type OneCycle = Extract<Stage, { do: "fitOneCycle" }>;

/** Rate and momentum of step `i` of `n` under fastai v1's one-cycle policy (Smith 2018). */
export function oneCycleAt(stage: OneCycle, i: number, n: number): { readonly lr: number; readonly momentum: number } {
  const { pctStart = 0.3, div = 25, moms = [0.95, 0.85] } = stage;
  const divFinal = stage.divFinal ?? div * 1e4;
  const top = topRate(stage.lr);
  const rise = Math.max(1, Math.floor(n * pctStart));
  const fall = Math.max(1, n - Math.floor(n * pctStart));
  if (i <= rise) {
    const pct = i / rise;
    return { lr: anneal(top / div, top, pct), momentum: anneal(moms[0], moms[1], pct) };
  }
  const pct = (i - rise) / fall;
  return { lr: anneal(top, top / divFinal, pct), momentum: anneal(moms[1], moms[0], pct) };
}

const CONSTANT_MOMENTUM = 0.9;

/** The schedule of all fitting stages with at most `most` points a stage. */
export function schedulePreview(stages: readonly Stage[], perEpoch: number, most = 80): SchedulePreview {
  const points: SchedulePoint[] = [];
  const spans: StageSpan[] = [];
  let [from, epochs] = [0, 0];
  stages.forEach((stage, index) => {
    if (stage.do !== "fitOneCycle" && stage.do !== "fit") return;
    const steps = stage.epochs * perEpoch;
    epochs += stage.epochs;
    const count = Math.min(steps, most);
    for (let k = 0; k < count; k += 1) {
      const i = count === 1 ? 0 : Math.round((k * (steps - 1)) / (count - 1));
      const at =
        stage.do === "fit" ? { lr: topRate(stage.lr), momentum: CONSTANT_MOMENTUM } : oneCycleAt(stage, i, steps);
      points.push({ step: from + i, stage: index, ...at });
    }
    spans.push({ stage: index, from, steps });
    from += steps;
  });
  return { points, spans, batches: from, epochs };
}
