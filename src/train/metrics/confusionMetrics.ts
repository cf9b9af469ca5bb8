// Metrics of one label an item that are known only over the whole epoch: all from its confusion matrix.
import type { MetricInfo } from "../../spec/catalog";
import type { ParamValue } from "../../spec/params";
import { fbetaScore, kappa, matthews, precision, recall } from "./confusionScores";
import type { Average } from "./confusionScores";
import { confusionMetric } from "./gathered";
import type { Confusion } from "./gathered";
import { averageParam, betaParam } from "./metricEntry";
import type { MetricEntryWithMake } from "./metricEntry";

type Fields = Readonly<Record<string, ParamValue>>;
type Words = Pick<MetricEntryWithMake, "id" | "label" | "help" | "unit" | "params">;

function entry(
  words: Words,
  score: (matrix: Confusion, fields: Fields) => number,
  labelOf: (fields: Fields) => string = () => words.label,
): MetricEntryWithMake {
  const info: MetricInfo = { id: words.id, label: words.label, unit: words.unit, better: "higher" };
  return {
    ...words,
    better: "higher",
    tasks: ["singleLabel"],
    make: (fields) => confusionMetric({ ...info, label: labelOf(fields) }, (matrix) => score(matrix, fields)),
  };
}

const average = averageParam(["macro", "micro", "weighted", "binary"]);
const averageOf = (fields: Fields): Average => String(fields["average"]) as Average;

export const CONFUSION_METRICS: readonly MetricEntryWithMake[] = [
  entry(
    {
      id: "precision",
      label: "Precision",
      help: "Of the items that the model takes for a class, the share that is it.",
      unit: "%",
      params: [average],
    },
    (matrix, fields) => precision(matrix, averageOf(fields)),
  ),
  entry(
    {
      id: "recall",
      label: "Recall",
      help: "Of the items of a class, the share that the model finds.",
      unit: "%",
      params: [average],
    },
    (matrix, fields) => recall(matrix, averageOf(fields)),
  ),
  entry(
    {
      id: "fbetaScore",
      label: "F-beta of classes",
      help: "Balances precision and recall, class by class. Beta 2 cares more about finding everything.",
      unit: "",
      params: [betaParam, average],
    },
    (matrix, fields) => fbetaScore(matrix, averageOf(fields), Number(fields["beta"])),
    (fields) => `F${fields["beta"]} (${averageOf(fields)})`,
  ),
  entry(
    {
      id: "matthews",
      label: "Matthews correlation",
      help: "How far answers and truth go together: 1 is perfect, 0 is chance. Honest also where classes differ much in size.",
      unit: "",
      params: [],
    },
    matthews,
  ),
  entry(
    {
      id: "kappa",
      label: "Cohen's kappa",
      help: "Agreement beyond chance: 1 is perfect, 0 is chance. With weights, mistakes between distant classes count more, for grades in order.",
      unit: "",
      params: [
        {
          kind: "choice",
          id: "weights",
          label: "Weights of mistakes",
          help: "None: all alike. Linear or quadratic: by how far apart two classes are in order.",
          default: "none",
          options: ["none", "linear", "quadratic"].map((id) => ({ id, label: id })),
        },
      ],
    },
    (matrix, fields) => kappa(matrix, String(fields["weights"]) as "none" | "linear" | "quadratic"),
  ),
];
