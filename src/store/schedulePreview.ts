// What the recipe's stages will do to learning rate and momentum, computed before anything runs.
import type { Stage } from "../spec/recipe";
import { epochsOf, fitSchedule, isFit, topRate } from "../spec/schedules/fitStages";

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

/** Training batches of an epoch, the last partial one left out. */
export function batchesPerEpoch(items: number, batchSize: number): number {
  return items === 0 ? 0 : Math.max(1, Math.floor(items / batchSize));
}

/** The schedule of all fitting stages with at most `most` points a stage. */
export function schedulePreview(stages: readonly Stage[], perEpoch: number, most = 80): SchedulePreview {
  const points: SchedulePoint[] = [];
  const spans: StageSpan[] = [];
  let [from, epochs] = [0, 0];
  stages.forEach((stage, index) => {
    if (!isFit(stage)) return;
    const steps = epochsOf(stage) * perEpoch;
    epochs += epochsOf(stage);
    const schedule = fitSchedule(stage, steps);
    const lr = schedule.lr(topRate(stage.lr));
    const count = Math.min(steps, most);
    for (let k = 0; k < count; k += 1) {
      const i = count === 1 ? 0 : Math.round((k * (steps - 1)) / (count - 1));
      const pct = i / steps;
      points.push({ step: from + i, stage: index, lr: lr(pct), momentum: schedule.momentum(pct) });
    }
    spans.push({ stage: index, from, steps });
    from += steps;
  });
  return { points, spans, batches: from, epochs };
}
