// The run that the engine has in its hands: a learner and what happened to it so far.
import type { Learner } from "../train/learner";
import type { Problem } from "../base/problem";
import type { Recipe } from "../spec/recipe";
import type { EpochRow, LrFindResult, RunSummary, StepCounts } from "../spec/run";
import type { LearnerState } from "../train/learnerState";
import type { Checkpoint } from "./checkpoint";
import { stepsOf } from "./stages";

export interface LiveRun {
  readonly runId: string;
  readonly learner: Learner;
  recipe: Recipe;
  /** The stage that is under way, or comes next. */
  stage: number;
  epochs: EpochRow[];
  lrFinds: LrFindResult[];
  /** Milliseconds, pauses left out. */
  elapsed: number;
  counts: StepCounts | null;
  /** Pictures that may be computed at once after memory has run out; infinite before. */
  mostAtOnce: number;
  readonly sourceName: string;
}

/** Training steps of the stages before `stage` (all stages without it), searches included. */
export function stepsUntil({ recipe, learner }: LiveRun, stage: number = recipe.train.stages.length): number {
  const { batches } = learner.data.train;
  return recipe.train.stages.slice(0, stage).reduce((sum, one) => sum + stepsOf(one, batches), 0);
}

/** What is kept of the run, beside the learner's own state. */
export function toCheckpoint(
  live: LiveRun,
  learner: LearnerState,
  elapsed: number,
  state: "running" | "ended",
): Checkpoint {
  const done = stepsUntil(live, live.stage) + (learner.json.position?.fitStep ?? 0);
  return {
    notes: {
      runId: live.runId,
      recipe: live.recipe,
      stage: live.stage,
      state,
      epochs: [...live.epochs],
      lrFinds: [...live.lrFinds],
      progress: { done, total: stepsUntil(live) },
      elapsed,
      sourceName: live.sourceName,
    },
    learner,
  };
}

/** How the run stands, for the page. */
export function summarize(live: LiveRun, status: RunSummary["status"], failure: Problem | null): RunSummary {
  const { runId, learner, recipe, epochs, lrFinds, stage, elapsed, counts } = live;
  return {
    runId,
    status,
    seed: recipe.seed,
    metrics: learner.metrics.map(({ info }) => info),
    epochs,
    lrFinds,
    steps: learner.step,
    nextStage: stage,
    seconds: elapsed / 1000,
    parameters: learner.model.parameterCount,
    recipe,
    counts,
    atOnce: Math.min(learner.atOnce, recipe.data.batchSize),
    problem: failure,
  };
}
