// Several runs side by side: one measure of each by epoch or by time, and what each ended with.
import type { MetricInfo } from "../spec/catalog";
import type { Run } from "./runs";

export const VALID_LOSS: MetricInfo = { id: "validLoss", label: "Validation loss", unit: "", better: "lower" };

export interface MeasuredRun {
  readonly run: Run;
  readonly points: readonly { readonly epoch: number; readonly seconds: number; readonly value: number }[];
  /** The best value, or null where the run does not measure it. */
  readonly best: number | null;
}

/** Whether there are two runs that are shown and have something to compare. */
export function comparable(runs: readonly Run[]): boolean {
  return runs.filter((run) => !run.hidden && run.epochs.length > 0).length > 1;
}

/** What all of the runs could be compared by: the validation loss, then every metric that one of them has. */
export function measuresOf(runs: readonly Run[]): readonly MetricInfo[] {
  const found = new Map<string, MetricInfo>([[VALID_LOSS.id, VALID_LOSS]]);
  for (const info of runs.flatMap(({ metrics }) => metrics)) if (!found.has(info.id)) found.set(info.id, info);
  return [...found.values()];
}

/** One measure of every run: epochs counted over all stages, seconds summed up; values that are no number left out. */
export function measureRuns(runs: readonly Run[], info: MetricInfo): readonly MeasuredRun[] {
  return runs.map((run) => {
    const at = run.metrics.findIndex(({ id }) => id === info.id);
    let seconds = 0;
    const points = run.epochs.flatMap((row, epoch) => {
      seconds += row.seconds;
      const value = info.id === VALID_LOSS.id ? row.validLoss : row.metrics[at];
      return value === null || value === undefined || !Number.isFinite(value) ? [] : [{ epoch, seconds, value }];
    });
    const values = points.map(({ value }) => value);
    const pick = info.better === "higher" ? Math.max : Math.min;
    return { run, points, best: values.length === 0 ? null : pick(...values) };
  });
}
