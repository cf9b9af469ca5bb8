// Writes the run down: one row a step, one line an epoch, as fastai's Recorder does.
import type { BatchRow, EpochRow } from "../../spec/run";
import type { Callback, Training } from "../callback";
import { createSmoothing } from "../smoothing";

export interface RecorderOptions {
  /** Position of the fit in the recipe. */
  readonly stage: number;
  /** Milliseconds. */
  readonly clock: () => number;
  /** A few times a second. */
  readonly onBatches: (rows: readonly BatchRow[]) => void;
  readonly onEpoch: (row: EpochRow) => void;
}

type Step = Pick<BatchRow, "step" | "epoch" | "lr" | "momentum">;

interface Saved {
  readonly smoothing: { readonly average: number; readonly count: number };
  /** Seconds of the epoch before it was interrupted. */
  readonly seconds: number;
}

/** train_loss is the moving average over the whole fit, not the mean of the epoch. */
export function recorder({ stage, clock, onBatches, onEpoch }: RecorderOptions): Callback {
  let smoothing = createSmoothing();
  let steps: Step[] = [];
  let began = 0;
  const seconds = (): number => (clock() - began) / 1000;

  return {
    name: "recorder",
    order: 10,
    beforeFit() {
      smoothing = createSmoothing();
      steps = [];
    },
    beforeEpoch(learn) {
      if (learn.batch === 0) began = clock();
    },
    // Also of steps that the optimizer leaves out.
    afterLoss({ step, epoch, hyper }) {
      steps.push({ step, epoch, lr: hyper.lrs.at(-1) ?? 0, momentum: hyper.momentum });
    },
    afterLosses(learn: Training, _first, losses) {
      // A step that mixed precision leaves out must not spoil the average for ever.
      const smooth = (loss: number) => (learn.scaling && !Number.isFinite(loss) ? smoothing.value : smoothing.add(loss)); // prettier-ignore
      const rows = losses.map((loss, i): BatchRow => ({ ...(steps[i] as Step), stage, loss, smooth: smooth(loss) }));
      steps.splice(0, losses.length);
      onBatches(rows);
    },
    afterEpoch({ epoch, step, validation, metrics }) {
      onEpoch({
        stage,
        epoch,
        step,
        trainLoss: smoothing.value,
        validLoss: validation?.loss ?? null,
        metrics: validation?.metrics ?? metrics.map(() => null),
        seconds: seconds(),
      });
    },
    state: (): Saved => ({ smoothing: smoothing.state, seconds: seconds() }),
    restore(state) {
      if (!state) return;
      const saved = state as Saved;
      smoothing.restore(saved.smoothing);
      began = clock() - saved.seconds * 1000;
    },
  };
}
