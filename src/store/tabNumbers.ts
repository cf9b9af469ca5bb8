// The live numbers in the tabs: `Data 12,431 · Model 21.8 M · Train 3/10 · Inspect 94.1 %`.
import type { Recipe } from "../spec/recipe";
import { epochsOf } from "../spec/schedules/fitStages";
import type { DataReport } from "../spec/dataReport";
import type { ModelSummary } from "../spec/run";
import { formatMetric } from "./bestMetric";
import { formatCount, formatShort } from "./formatNumbers";
import { heldMetric } from "./heldMetric";
import type { Run } from "./runs";

/** Epochs of all fits of a recipe. */
export function totalEpochs(recipe: Recipe): number {
  return recipe.train.stages.reduce((sum, stage) => sum + epochsOf(stage), 0);
}

export interface TabFacts {
  readonly report: DataReport | null;
  readonly summary: ModelSummary | null;
  readonly run: Run | null;
}

/** The number behind each tab; "" where there is nothing to say yet. */
export function tabNumbers({
  report,
  summary,
  run,
}: TabFacts): Readonly<Record<"data" | "model" | "train" | "inspect", string>> {
  const held = run ? heldMetric(run) : null;
  const epochs = run ? totalEpochs(run.recipe) : 0;
  return {
    data: report && report.items > 0 ? formatCount(report.items) : "",
    model: summary ? formatShort(summary.parameters) : "",
    train: run && epochs > 0 ? `${run.epochs.length}/${epochs}` : "",
    inspect: held ? formatMetric(held.info, held.value) : "",
  };
}
