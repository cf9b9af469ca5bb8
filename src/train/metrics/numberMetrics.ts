// Metrics of predicted numbers and points: errors, and how much of the truth's variation is explained.
import { mean, mul, reshape, sqrt, square, sub, sum, tensor1d } from "@tensorflow/tfjs-core";
import type { Moments } from "../../kernels/momentsOfErrors";
import type { Task } from "../../spec/recipe";
import { momentsMetric } from "./gathered";
import type { MetricEntryWithMake } from "./metricEntry";
import { meanMetric } from "./weightedMean";

type Words = Pick<MetricEntryWithMake, "id" | "label" | "help" | "better">;

const numbers: readonly Task[] = ["regression", "points"];

const entry = (words: Words, value: (m: Moments) => number, tasks: readonly Task[] = numbers): MetricEntryWithMake => ({
  ...words,
  unit: "",
  tasks,
  params: [],
  make: () => momentsMetric({ id: words.id, label: words.label, unit: "", better: words.better }, value),
}); // prettier-ignore

/** Mean squared error, from the variance and the mean of the errors. */
const mse = (m: Moments): number => m.m2E / m.n + m.meanE ** 2;

/** The distance of points in pixels of the pictures as they are trained on. */
const pointError: MetricEntryWithMake = {
  id: "pointError",
  label: "Point error",
  help: "How far predicted points lie from the true ones on average, in pixels of the pictures as the model sees them.",
  unit: "px",
  better: "lower",
  tasks: ["points"],
  params: [],
  make: (_, context) =>
    meanMetric({ id: "pointError", label: "Point error", unit: "px", better: "lower" }, (outputs, y) => {
      const [height, width] = context.inputShape();
      const points = [outputs.shape[0] ?? 0, -1, 2];
      // Coordinates are (y, x) in −1…1: half a picture is 1.
      const difference = mul(sub(reshape(outputs, points), reshape(y, points)), tensor1d([height / 2, width / 2]));
      return mean(sqrt(sum(square(difference), 2)), 1); // [B, P, 2] → [B]
    }),
};

export const NUMBER_METRICS: readonly MetricEntryWithMake[] = [
  pointError,
  entry(
    {
      id: "rmse",
      label: "Root mean squared error",
      help: "The size of a typical error, in the units of the target; large errors count more.",
      better: "lower",
    },
    (m) => Math.sqrt(mse(m)),
  ),
  entry({ id: "mse", label: "Mean squared error", help: "The mean of the squared errors.", better: "lower" }, mse),
  entry(
    { id: "mae", label: "Mean absolute error", help: "How far off a prediction is on average.", better: "lower" },
    (m) => m.meanAbs,
  ),
  entry(
    {
      id: "r2",
      label: "R²",
      help: "The part of the targets' variation that is predicted: 1 is perfect, 0 is no better than always saying the mean.",
      better: "higher",
    },
    (m) => 1 - (m.n * mse(m)) / m.m2T,
  ),
  entry(
    {
      id: "explainedVariance",
      label: "Explained variance",
      help: "Like R², but a constant error costs nothing.",
      better: "higher",
    },
    (m) => 1 - m.m2E / m.m2T,
  ),
  entry(
    {
      id: "pearson",
      label: "Pearson correlation",
      help: "How far predictions and targets rise and fall together: 1 is in step, 0 is unrelated.",
      better: "higher",
    },
    (m) => m.coXT / Math.sqrt(m.m2X * m.m2T),
  ),
  entry(
    {
      id: "msle",
      label: "Mean squared logarithmic error",
      help: "Errors in the logarithm of one plus the value: relative errors count alike for small and large targets.",
      better: "lower",
    },
    (m) => m.meanLog,
    ["regression"],
  ),
  entry(
    {
      id: "expRmspe",
      label: "Relative error of e^x",
      help: "For targets that are logarithms: the root mean squared relative error of the values themselves (fastai's exp_rmspe).",
      better: "lower",
    },
    (m) => Math.sqrt(m.meanPct),
    ["regression"],
  ),
];
