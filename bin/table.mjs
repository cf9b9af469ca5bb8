// The fastai table on standard output, and one calm line of progress on standard error.

/**
 * @typedef {import("../src/spec/run").EpochRow} EpochRow
 * @typedef {import("../src/spec/run").Progress} Progress
 */

/**
 * `h:mm:ss` or `mm:ss`, as fastai writes the time of an epoch.
 * @param {number} seconds
 */
export function clock(seconds) {
  const whole = Math.round(seconds);
  const parts = [Math.floor(whole / 60) % 60, whole % 60].map((part) => String(part).padStart(2, "0"));
  return (whole >= 3600 ? [Math.floor(whole / 3600), ...parts] : parts).join(":");
}

/** @param {number | null} value */
const loss = (value) => (value === null ? "#na#" : value.toFixed(6));
/** @param {string} text */
const cell = (text) => text.padEnd(10);

/**
 * The head of the table of one stage.
 * @param {readonly string[]} metrics
 */
export function tableHead(metrics) {
  return ["epoch", "train_loss", "valid_loss", ...metrics, "time"].map(cell).join("  ").trimEnd();
}

/**
 * One line of the table, under its head.
 * @param {EpochRow} row
 * @param {readonly string[]} metrics
 */
export function tableRow(row, metrics) {
  const values = [String(row.epoch), loss(row.trainLoss), loss(row.validLoss), ...row.metrics.map(loss)];
  const widths = ["epoch", "train_loss", "valid_loss", ...metrics].map((head) => Math.max(10, head.length));
  return [...values.map((value, index) => value.padEnd(widths[index] ?? 10)), clock(row.seconds)].join("  ");
}

/**
 * `Epoch 3/10 · batch 41/250 · 41 % · 02:10 elapsed · ~03:05 left · 312 items/s · loss 0.412 · lr 1.2e-3`.
 * @param {Progress} progress
 */
export function progressLine(progress) {
  const { phase, epoch, epochs, batch, batches, step, steps, elapsed, left, itemsPerSecond, loss: now, lr } = progress;
  const parts = [
    phase,
    epochs > 0 ? `epoch ${Math.min(epoch + 1, epochs)}/${epochs}` : "",
    batches > 0 ? `batch ${batch}/${batches}` : "",
    steps > 0 ? `${Math.floor((100 * step) / steps)} %` : "",
    `${clock(elapsed / 1000)} elapsed`,
    left === null ? "" : `~${clock(left / 1000)} left`,
    itemsPerSecond === null ? "" : `${itemsPerSecond.toPrecision(3)} items/s`,
    now === null ? "" : `loss ${now.toPrecision(3)}`,
    lr === null ? "" : `lr ${lr.toExponential(1)}`,
  ];
  return parts.filter(Boolean).join(" · ");
}

/**
 * Shows progress: one line that is written over on a terminal, else a line per change of phase and every ten seconds.
 * @param {NodeJS.WriteStream} stream
 * @param {() => number} now milliseconds
 */
export function progressWriter(stream, now = () => performance.now()) {
  let phase = "";
  let last = -Infinity;
  return {
    /** @param {Progress} progress */
    show(progress) {
      const due = now() - last > (stream.isTTY ? 100 : 10_000);
      if (!due && progress.phase === phase) return;
      phase = progress.phase;
      last = now();
      const line = progressLine(progress);
      stream.write(stream.isTTY ? `\r\u001b[K${line.slice(0, (stream.columns ?? 80) - 1)}` : `${line}\n`);
    },
    /** Makes room for a line of another kind. */
    clear() {
      if (stream.isTTY) stream.write("\r\u001b[K");
    },
  };
}
