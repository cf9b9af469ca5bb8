// The progress line: what is shown, what is read out and how often.
import type { Progress } from "../spec/run";
import { formatBytes, formatDuration, formatLoss, formatRate } from "./formatNumbers";

/** Share of the whole run that is done, 0 to 1. */
export function doneShare({ step, steps }: Pick<Progress, "step" | "steps">): number {
  return steps > 0 ? Math.min(1, step / steps) : 0;
}

export interface ProgressParts {
  /** Where it stands: phase or epoch, batch, percent. */
  readonly place: string;
  /** Elapsed and left. */
  readonly time: string;
  /** Speed, loss, lr, loss scale, memory, in this order, those that are known. */
  readonly numbers: readonly string[];
}

/** `Epoch 3/10 · batch 41/250 · 41 %`, `2:10 elapsed · ~3:05 left`, `312 img/s`, `loss 0.412`, `lr 1.2e-3`, `GPU 1.3 GB`. */
export function progressParts(progress: Progress): ProgressParts {
  const {
    phase,
    epoch,
    epochs,
    batch,
    batches,
    elapsed,
    left,
    itemsPerSecond,
    loss,
    lr,
    lossScale = null,
    gpuBytes,
  } = progress;
  const percent = `${Math.floor(doneShare(progress) * 100)} %`;
  const where = [`Epoch ${epoch + 1}/${epochs}`, `batch ${batch}/${batches}`, percent].join(" · ");
  const named = `${phase[0]?.toUpperCase() ?? ""}${phase.slice(1)}`;
  const place =
    phase === "training"
      ? where
      : phase === "paused"
        ? `Paused · ${where}`
        : phase === "finding lr"
          ? `Finding a learning rate · step ${batch}/${batches}`
          : phase === "validating"
            ? `Validating · epoch ${epoch + 1}/${epochs} · ${percent}`
            : `${named} …`;
  return {
    place,
    time: `${formatDuration(elapsed)} elapsed${left === null ? "" : ` · ~${formatDuration(left)} left`}`,
    numbers: [
      ...(itemsPerSecond === null
        ? []
        : [`${itemsPerSecond < 10 ? itemsPerSecond.toFixed(1) : itemsPerSecond.toFixed(0)} img/s`]),
      ...(loss === null ? [] : [`loss ${formatLoss(loss)}`]),
      ...(lr === null ? [] : [`lr ${formatRate(lr)}`]),
      ...(lossScale === null ? [] : [`loss scale 2^${Math.log2(lossScale).toFixed(0)}`]),
      ...(gpuBytes === null ? [] : [`GPU ${formatBytes(gpuBytes)}`]),
    ],
  };
}

/** A sentence for the live region. */
export function spokenProgress(progress: Progress): string {
  const { place, time } = progressParts(progress);
  const loss = progress.loss === null ? "" : `, loss ${formatLoss(progress.loss)}`;
  return `${place.replaceAll(" · ", ", ")}, ${time.replace(" · ~", ", about ")}${loss}`;
}

const QUIET_MS = 20_000;

/** Says a sentence at most every 20 seconds, and at once when the phase changes; null means: stay silent. */
export function createAnnouncer(now: () => number): (progress: Progress) => string | null {
  let at = -Infinity;
  let phase: Progress["phase"] | null = null;
  return (progress) => {
    // Validation comes and goes every epoch: no reason to interrupt.
    const steady = progress.phase === phase || progress.phase === "validating" || progress.phase === "saving";
    if (steady && now() - at < QUIET_MS) return null;
    at = now();
    phase = progress.phase;
    return spokenProgress(progress);
  };
}
