// The number of the model that a run ended with, which need not be the best that it passed on the way.
import { bestMetric, type BestMetric } from "./bestMetric";
import type { Run } from "./runs";

/** The headline metric of the last epoch, or of the one whose model "Keep the best model" has put back; null before any. */
export function heldMetric({ recipe, metrics, epochs }: Pick<Run, "recipe" | "metrics" | "epochs">): BestMetric | null {
  const keeps = recipe.train.callbacks?.find(({ kind }) => kind === "saveModel");
  if (!keeps) return bestMetric({ metrics, epochs: epochs.slice(-1) });
  const fit = epochs.filter(({ stage }) => stage === epochs.at(-1)?.stage);
  const line = bestMetric({ metrics, epochs: fit }, String(keeps["monitor"] ?? "validLoss"))?.line ?? fit.length - 1;
  return bestMetric({ metrics, epochs: fit.slice(line, line + 1) });
}
