// The validation predictions as a table: one line an item, labels joined by a space, probabilities by class.
import type { Interpretation } from "../spec/run";
import { predictedClasses } from "./scoring/confusion";
import { labelsAbove } from "./scoring/threshold";
import { probabilitiesOf, trueClasses } from "./scoring/topLosses";

/** RFC 4180: a cell with a comma, quote or line break is quoted; one that a spreadsheet would run is made text. */
export function csvCell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) && !/^-?[\d.]+(e[+-]?\d+)?$/i.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const line = (cells: readonly string[]): string => `${cells.map(csvCell).join(",")}\r\n`;

/** item, target, prediction, loss and one probability a class; several labels count above their `thresholds`. */
export function predictionsCsv(interpretation: Interpretation, thresholds: Float32Array): string {
  const { task, vocab, paths, losses, probabilities } = interpretation;
  const best = predictedClasses(probabilities, vocab.length);
  const words = (labels: readonly number[]): string => labels.map((label) => vocab[label] ?? "").join(" ");
  const head = line(["item", "target", "prediction", "loss", ...vocab.map((label) => `p(${label})`)]);
  const lines = paths.map((path, position) => {
    const row = probabilitiesOf(interpretation, position);
    const predicted = task === "multiLabel" ? labelsAbove(row, thresholds) : [best[position] ?? 0];
    return line([
      path,
      words(trueClasses(interpretation, position)),
      words(predicted),
      String(losses[position] ?? ""),
      ...Array.from(row, (probability) => probability.toPrecision(6)),
    ]);
  });
  return head + lines.join("");
}
