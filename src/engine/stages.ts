// What the stages of a recipe mean before they run: how many steps, at which picture size, with which learning rate.
import { evensClasses } from "../data/evensClasses";
import type { LearningRate, Recipe, Stage } from "../spec/recipe";
import { epochsOf } from "../spec/schedules/fitStages";

/** Training steps of a stage with `batches` batches an epoch. */
export function stepsOf(stage: Stage, batches: number): number {
  if (stage.do === "lrFind") return Math.max(6, stage.steps ?? 100);
  return epochsOf(stage) * batches;
}

/** Picture size that the stages before `index` have set, or null when none did. */
export function sizeBefore(stages: readonly Stage[], index: number): number | null {
  const sizes = stages.slice(0, index).flatMap((stage) => (stage.do === "setSize" ? [stage.size] : []));
  return sizes.at(-1) ?? null;
}

const tenth = (value: number): number => Number((value / 10).toPrecision(3));

/** A tenth of a learning rate, in its own form. */
export function tenthOf(lr: LearningRate): LearningRate {
  if (typeof lr === "number") return tenth(lr);
  return "start" in lr ? { start: tenth(lr.start), stop: tenth(lr.stop) } : { stop: tenth(lr.stop) };
}

/** What decides whether a model and its data are those of a recipe: everything but title, metrics and stages. */
export function modelKey(recipe: Recipe): string {
  const { data, model, task, seed, train } = recipe;
  return JSON.stringify([evensClasses(recipe), data, model, task, seed, train.optimizer, train.loss, train.precision]);
}
