// The validation predictions as a table: one line an item, labels joined by a space, probabilities by class.
import type { ClassInterpretation, Interpretation, ValueInterpretation } from "../spec/run";
import { predictedClasses } from "./scoring/confusion";
import { fileNumbers } from "./scoring/pointErrors";
import { labelsAbove } from "./scoring/threshold";
import { probabilitiesOf, trueClasses } from "./scoring/topLosses";

/** RFC 4180: a cell with a comma, quote or line break is quoted; one that a spreadsheet would run is made text. */
export function csvCell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) && !/^-?[\d.]+(e[+-]?\d+)?$/i.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const line = (cells: readonly string[]): string => `${cells.map(csvCell).join(",")}\r\n`;

/** item, target, prediction, loss and one probability a class; several labels count above their `thresholds`. Masks: losses alone. */
export function predictionsCsv(interpretation: Interpretation, thresholds: Float32Array): string {
  switch (interpretation.task) {
    case "segmentation":
      return line(["item", "loss"]) + interpretation.paths.map((path, i) => line([path, String(interpretation.losses[i] ?? "")])).join(""); // prettier-ignore
    case "points":
    case "regression":
      return valuesCsv(interpretation);
    default:
      return classesCsv(interpretation, thresholds);
  }
}

/** True and predicted numbers of each item; points as (y, x) in pixels of its file. */
function valuesCsv(interpretation: ValueInterpretation): string {
  const { task, vocab, paths, targets, values, losses } = interpretation;
  const names = task === "points" ? vocab.flatMap((name) => [`${name} y`, `${name} x`]) : vocab;
  const cells = (all: Float32Array, item: number): string[] => Array.from(fileNumbers(interpretation, all, item), String); // prettier-ignore
  const head = line(["item", ...names.map((name) => `target ${name}`), ...names, "loss"]);
  const lines = paths.map((path, item) => line([path, ...cells(targets, item), ...cells(values, item), String(losses[item] ?? "")])); // prettier-ignore
  return head + lines.join("");
}

function classesCsv(interpretation: ClassInterpretation, thresholds: Float32Array): string {
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
