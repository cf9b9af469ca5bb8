// The one number that stands for a run, and where it was reached.
import type { MetricInfo } from "../spec/catalog";
import type { Run } from "./runs";

export interface BestMetric {
  readonly info: MetricInfo;
  readonly value: number;
  /** Line of the fastai table, from 0. */
  readonly line: number;
}

const LOSS: MetricInfo = { id: "validLoss", label: "Validation loss", unit: "", better: "lower" };

/** Best value over the epochs of the run's last metric (fbeta for Planet); validation loss where it has none; null before any. */
export function bestMetric(run: Pick<Run, "metrics" | "epochs">, id?: string): BestMetric | null {
  const index = id === undefined ? headline(run.metrics) : run.metrics.findIndex((metric) => metric.id === id);
  const info = run.metrics[index] ?? LOSS;
  let best: BestMetric | null = null;
  run.epochs.forEach((row, line) => {
    const value = info === LOSS ? row.validLoss : row.metrics[index];
    if (value === null || value === undefined || !Number.isFinite(value)) return;
    const better = best === null || (info.better === "higher" ? value > best.value : value < best.value);
    if (better) best = { info, value, line };
  });
  return best;
}

/** The metric that a person looks at first: an F score, else accuracy, else the first. */
export function headline(metrics: readonly MetricInfo[]): number {
  const score = metrics.findIndex((metric) => metric.id === "fbeta");
  if (score >= 0) return score;
  return Math.max(
    0,
    metrics.findIndex((metric) => metric.id.startsWith("accuracy")),
  );
}

/** "94.1 %" for shares, "0.927" otherwise. */
export function formatMetric(info: MetricInfo, value: number): string {
  if (info.unit === "%" || info.id === "accuracy" || info.id === "errorRate") return `${(value * 100).toFixed(1)} %`;
  return `${value.toFixed(3)}${info.unit === "" ? "" : ` ${info.unit}`}`;
}
