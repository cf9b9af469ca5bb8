// The validation predictions as a table: one line an item, labels joined by a space, probabilities by class.
import type { ClassInterpretation, Interpretation, MaskInterpretation, ValueInterpretation } from "../spec/run";
import { predictedClasses } from "./scoring/confusion";
import { overlapOf } from "./scoring/overlap";
import { pictureConfusion } from "./scoring/pairPixels";
import { fileNumbers } from "./scoring/pointErrors";
import { labelsAbove } from "./scoring/threshold";
import { probabilitiesOf, trueClasses } from "./scoring/topLosses";

/** RFC 4180: a cell with a comma, quote or line break is quoted; one that a spreadsheet would run is made text. */
export function csvCell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) && !/^-?[\d.]+(e[+-]?\d+)?$/i.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const line = (cells: readonly string[]): string => `${cells.map(csvCell).join(",")}\r\n`;

/**
 * item, target, prediction, loss and one probability a class; several labels count above their `thresholds`. Masks: how well
 * each class lies, without the class `ignored`.
 */
export function predictionsCsv(interpretation: Interpretation, thresholds: Float32Array, ignored = -1): string {
  switch (interpretation.task) {
    case "segmentation":
      return masksCsv(interpretation, ignored);
    case "points":
    case "regression":
      return valuesCsv(interpretation);
    default:
      return classesCsv(interpretation, thresholds);
  }
}

/** Loss, share of the pixels that are right, mean IoU and the IoU of each class that is there or was seen. */
function masksCsv({ vocab, paths, losses, targets, predicted }: MaskInterpretation, ignored: number): string {
  const nothing = new Uint8Array();
  const score = (value: number | null | undefined): string => value?.toPrecision(6) ?? "";
  const head = line(["item", "loss", "pixels right", "mean IoU", ...vocab.map((name) => `IoU(${name})`)]);
  const lines = paths.map((path, i) => {
    const counts = pictureConfusion(targets[i] ?? nothing, predicted[i] ?? nothing, vocab.length);
    const { accuracy, meanIou, classes } = overlapOf(counts, vocab.length, ignored);
    const each = vocab.map((_, label) => score(classes.find(({ index }) => index === label)?.iou));
    return line([path, String(losses[i] ?? ""), score(accuracy), score(meanIou), ...each]);
  });
  return head + lines.join("");
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
