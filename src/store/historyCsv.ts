// The table of epochs as a file, with fastai's column names (its CSVLogger).
import type { MetricInfo } from "../spec/catalog";
import type { EpochRow } from "../spec/run";

/** accuracyThresh → accuracy_thresh, as fastai names its columns. */
export function columnName(id: string): string {
  return id.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Epochs are counted over the whole run, from 0; what was not measured is an empty cell. */
export function historyCsv(epochs: readonly EpochRow[], metrics: readonly MetricInfo[]): string {
  const head = ["epoch", "stage", "train_loss", "valid_loss", ...metrics.map(({ id }) => columnName(id)), "seconds"];
  const lines = epochs.map((row, epoch) => [
    epoch,
    row.stage + 1,
    row.trainLoss,
    row.validLoss,
    ...metrics.map((_, at) => row.metrics[at] ?? null),
    row.seconds,
  ]);
  return [head, ...lines].map((cells) => `${cells.map((cell) => cell ?? "").join(",")}\r\n`).join("");
}
