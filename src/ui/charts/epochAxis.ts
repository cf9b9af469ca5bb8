// From steps to epochs on a chart's axis, and the lines where stages begin.
import type { BatchRow, EpochRow } from "../../spec/run";
import { formatCount } from "../../store/formatNumbers";
import type { PlotAxis } from "./plotArea";
import type { PlotMark } from "./PlotAxes";

export interface StageSteps {
  readonly stage: number;
  readonly step: number;
}

/** Maps a step to the number of epochs done, counted over all stages; steps after the last line go on at its pace. Null without a line. */
export function toEpochs(epochs: readonly Pick<EpochRow, "step">[]): ((step: number) => number) | null {
  const ends = epochs.map(({ step }) => step);
  if (ends.length === 0) return null;
  return (step) => {
    let done = ends.findIndex((end) => step <= end);
    if (done < 0) done = ends.length;
    const from = ends[done - 1] ?? 0;
    const to = ends[done] ?? from + (from - (ends[done - 2] ?? 0));
    return done + (to > from ? (step - from) / (to - from) : 0);
  };
}

/** The first step of every stage among the rows. */
export function stageSteps(rows: readonly BatchRow[]): StageSteps[] {
  const starts: StageSteps[] = [];
  for (const { stage, step } of rows) if (starts[starts.length - 1]?.stage !== stage) starts.push({ stage, step });
  return starts;
}

/** A line where every stage but the first one begins. */
export function epochMarks(stages: readonly StageSteps[], at: (step: number) => number): PlotMark[] {
  return stages.slice(1).map(({ stage, step }) => ({ x: at(step), label: `stage ${stage + 1}`, dashed: true }));
}

export interface RunAxis {
  readonly axis: PlotAxis;
  /** From a step to the axis. */
  readonly at: (step: number) => number;
}

/** The axis that all charts of a run share, up to its last step. */
export function runAxis(by: "step" | "epoch", epochs: readonly Pick<EpochRow, "step">[], lastStep: number): RunAxis {
  const scale = by === "epoch" ? toEpochs(epochs) : null;
  const at = scale ?? ((step: number) => step);
  return {
    at,
    axis: {
      label: scale ? "epoch" : "step",
      format: (value) => (scale ? String(Number(value.toFixed(2))) : formatCount(value)),
      span: { low: 0, high: Math.max(1, at(lastStep)) },
    },
  };
}
