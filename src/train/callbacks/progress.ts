// Says where a fit stands and how long it will still take, a few times a second.
import type { Progress } from "../../spec/run";
import type { Callback, Training } from "../callback";
import { createSmoothing } from "../smoothing";

export interface ProgressOptions {
  readonly stage: number;
  /** Steps of the stages before this one, and of the whole run. */
  readonly stepsBefore: number;
  readonly stepsTotal: number;
  /** Milliseconds. */
  readonly clock: () => number;
  /** Milliseconds of the run that were spent paused, up to now. */
  readonly pausedMs: () => number;
  /** When the run began, by the same clock. */
  readonly began: number;
  readonly gpuBytes: () => number | null;
  readonly emit: (progress: Progress) => void;
  /** Milliseconds between two messages. */
  readonly every?: number;
}

/** Time of the validations so far; before the first there is nothing to estimate from. */
function validationWatch(now: () => number) {
  let from: number | null = null;
  let spent = 0;
  let count = 0;
  return {
    start() {
      from = now();
    },
    end() {
      if (from === null) return;
      spent += now() - from;
      count += 1;
      from = null;
    },
    /** Milliseconds a validation; 0 before the first has ended. */
    get each() {
      return count > 0 ? spent / count : 0;
    },
  };
}

/** Time of the fit's own steps: the first is left out, since it compiles the shaders; so are pauses and validation. */
function stopwatch(now: () => number) {
  let from: number | null = null;
  let spent = 0;
  let steps = 0;
  return {
    start() {
      from = now();
    },
    lap() {
      if (from !== null && steps > 0) spent += now() - from;
      steps += 1;
      from = now();
    },
    get first() {
      return steps === 0;
    },
    /** Milliseconds a step, or null before the second. */
    get perStep() {
      return steps > 1 ? spent / (steps - 1) : null;
    },
  };
}

export function progress(options: ProgressOptions): Callback {
  const { clock, pausedMs, began, emit, every = 250 } = options;
  const now = (): number => clock() - pausedMs();
  const steps = stopwatch(now);
  const validations = validationWatch(now);
  const smoothing = createSmoothing();
  let lastEmit = Number.NEGATIVE_INFINITY;

  const phaseOf = (learn: Training): Progress["phase"] => {
    if (learn.purpose === "lrFind") return "finding lr";
    if (!learn.training) return "validating";
    return steps.first ? "compiling shaders" : "training";
  };
  /** Milliseconds of the steps still to come, and of the validations between and after them. */
  const leftAfter = (learn: Training, step: number): number | null => {
    const { perStep } = steps;
    if (perStep === null) return null;
    const todo = Math.max(0, options.stepsTotal - step);
    const later = Math.ceil(todo / Math.max(1, learn.data.train.batches));
    const current = learn.training ? 0 : 1 - learn.batch / Math.max(1, learn.batches);
    return perStep * todo + validations.each * (learn.purpose === "fit" ? later + current : 0);
  };
  const tell = (learn: Training, force = false): void => {
    if (!force && clock() - lastEmit < every) return;
    lastEmit = clock();
    const step = options.stepsBefore + learn.fitStep;
    const { perStep } = steps;
    emit({
      phase: phaseOf(learn),
      stage: options.stage,
      epoch: learn.epoch,
      epochs: learn.epochs,
      batch: learn.batch,
      batches: learn.batches,
      step,
      steps: options.stepsTotal,
      elapsed: now() - began,
      left: leftAfter(learn, step),
      itemsPerSecond: perStep === null ? null : (1000 * learn.data.train.batchSize) / perStep,
      loss: Number.isNaN(smoothing.value) ? null : smoothing.value,
      lr: learn.hyper.lrs.at(-1) ?? null,
      lossScale: learn.lossScale,
      gpuBytes: options.gpuBytes(),
    });
  };

  return {
    name: "progress",
    // After the control: a pause is over by then, and its time is not the step's.
    order: 30,
    beforeEpoch(learn) {
      steps.start();
      tell(learn, true);
    },
    beforeBatch(learn) {
      if (learn.training) return;
      if (learn.batch === 0) validations.start();
      tell(learn, learn.batch === 0);
    },
    afterBatch(learn) {
      steps.lap();
      tell(learn);
    },
    afterLosses(learn, _first, losses) {
      for (const loss of losses) if (Number.isFinite(loss) || !learn.scaling) smoothing.add(loss);
    },
    afterEpoch(learn) {
      validations.end();
      tell(learn, true);
    },
  };
}
