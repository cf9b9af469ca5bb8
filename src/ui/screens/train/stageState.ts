// Where the current run stands in the plan, while the plan may have been changed since.
import type { Recipe } from "../../../spec/recipe";
import { continues } from "../../../store/runActions";
import type { Run } from "../../../store/runs";

export type StageState = "waiting" | "started" | "finished";

/** A stage counts as done only while it still says what was done. */
export function stageState(run: Pick<Run, "recipe" | "stages"> | null, recipe: Recipe, index: number): StageState {
  const then = run?.recipe.train.stages[index];
  const now = recipe.train.stages[index];
  if (!run || then === undefined || JSON.stringify(then) !== JSON.stringify(now)) return "waiting";
  return run.stages[index] ?? "waiting";
}

/** The stage at which the live model would go on, or null when training begins anew. */
export function goesOnAt(live: Pick<Run, "recipe" | "nextStage"> | null, recipe: Recipe): number | null {
  if (!live || live.nextStage <= 0 || live.nextStage >= recipe.train.stages.length) return null;
  return continues(live, recipe, live.nextStage) ? live.nextStage : null;
}
