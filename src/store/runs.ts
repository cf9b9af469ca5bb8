// The runs: what the rail lists and the charts draw, live and kept.
import { createStore } from "zustand/vanilla";
import type { Problem } from "../base/problem";
import type { Catalog, MetricInfo } from "../spec/catalog";
import type { SavedRun } from "../spec/project";
import type { Recipe } from "../spec/recipe";
import type { BatchRow, EpochRow, LrFindResult, RunSummary, StepCounts } from "../spec/run";
import { appendRows, MAX_POINTS, thinRows } from "./liveRows";

export type RunStatus = "running" | "paused" | "stopping" | RunSummary["status"];

export interface Run {
  readonly id: string;
  readonly name: string;
  /** 0 to 6: index of a series colour. */
  readonly color: number;
  readonly pinned: boolean;
  readonly hidden: boolean;
  readonly status: RunStatus;
  /** The recipe as it was when the run began. */
  readonly recipe: Recipe;
  readonly metrics: readonly MetricInfo[];
  /** At most 1,500, thinned to the envelope. */
  readonly rows: readonly BatchRow[];
  readonly epochs: readonly EpochRow[];
  readonly lrFinds: readonly LrFindResult[];
  /** By stage index; a stage that is missing has not begun. */
  readonly stages: Readonly<Record<number, "started" | "finished">>;
  /** First stage not yet done. */
  readonly nextStage: number;
  readonly steps: number;
  readonly seconds: number;
  readonly parameters: number;
  readonly counts: StepCounts | null;
  readonly problem: Problem | null;
}

export interface RunsState {
  /** Newest first. */
  readonly runs: readonly Run[];
  /** The run that screens show; the live one after Train is pressed. */
  readonly current: string | null;
  /** The run that the engine still holds a model of. */
  readonly live: string | null;
  /** Counts changes that are worth keeping. */
  readonly revision: number;
}

/** The runs store. */
export function createRunsStore() {
  return createStore<RunsState>()(() => ({ runs: [], current: null, live: null, revision: 0 }));
}

export type RunsStore = ReturnType<typeof createRunsStore>;

export const COLORS = 7;

/** The colour used least among the runs, the first of several. */
export function freeColor(runs: readonly Run[]): number {
  const used = Array.from({ length: COLORS }, (_, color) => runs.filter((run) => run.color === color).length);
  return used.indexOf(Math.min(...used));
}

/** Size in pixels that the recipe trains at, as its transforms say. */
export function sizeOf(recipe: Recipe): number | null {
  for (const transform of recipe.data.transforms) if (typeof transform["size"] === "number") return transform["size"];
  return null;
}

/** "resnet34 · 128 px", with a number behind when the name is taken. */
export function runName(recipe: Recipe, taken: readonly string[]): string {
  const size = sizeOf(recipe);
  const name = [recipe.model.arch, ...(size === null ? [] : [`${size} px`])].join(" · ");
  for (let n = 1; ; n += 1) {
    const candidate = n === 1 ? name : `${name} · ${n}`;
    if (!taken.includes(candidate)) return candidate;
  }
}

/** What the recipe's metrics say about themselves, in order. */
export function metricInfos(recipe: Recipe, catalog: Catalog | null): MetricInfo[] {
  return recipe.metrics.map(({ kind }) => {
    const entry = catalog?.metrics.find((metric) => metric.id === kind);
    return { id: kind, label: entry?.label ?? kind, unit: entry?.unit ?? "", better: entry?.better ?? "higher" };
  });
}

/** A run that begins now. */
export function newRun(id: string, recipe: Recipe, catalog: Catalog | null, others: readonly Run[]): Run {
  return {
    id,
    name: runName(
      recipe,
      others.map((run) => run.name),
    ),
    color: freeColor(others),
    pinned: false,
    hidden: false,
    status: "running",
    recipe,
    metrics: metricInfos(recipe, catalog),
    rows: [],
    epochs: [],
    lrFinds: [],
    stages: {},
    nextStage: 0,
    steps: 0,
    seconds: 0,
    parameters: 0,
    counts: null,
    problem: null,
  };
}

/** The run with what the engine says at its end. */
export function withSummary(run: Run, summary: RunSummary): Run {
  const { status, metrics, epochs, lrFinds, steps, nextStage, seconds, parameters, counts, problem } = summary;
  const stages = { ...run.stages };
  for (let stage = 0; stage < nextStage; stage += 1) stages[stage] = "finished";
  return { ...run, status, metrics, epochs, lrFinds, steps, nextStage, seconds, parameters, counts, problem, stages };
}

/** The kept form of a run; one that is still going counts as interrupted. */
export function toSaved(run: Run): SavedRun {
  const over = run.status === "finished" || run.status === "stopped" || run.status === "failed";
  const { id, name, color, pinned, hidden, recipe, metrics, epochs, lrFinds, nextStage, steps } = run;
  const { seconds, parameters, counts, problem } = run;
  return {
    summary: {
      runId: id,
      status: over ? (run.status as RunSummary["status"]) : "interrupted",
      seed: recipe.seed,
      metrics,
      epochs,
      lrFinds,
      steps,
      nextStage,
      seconds,
      parameters,
      recipe,
      counts,
      problem,
    },
    name,
    color,
    pinned,
    hidden,
    rows: thinRows(run.rows, MAX_POINTS),
    lrFinds,
  };
}

/** A run as it was kept. */
export function fromSaved({ summary, name, color, pinned, hidden, rows, lrFinds }: SavedRun): Run {
  const blank = newRun(summary.runId, summary.recipe, null, []);
  return { ...withSummary(blank, summary), name, color, pinned, hidden, rows, lrFinds };
}

/** Changes one run of the list; the list itself stays the same when no run has that id. */
export function changeRun(runs: readonly Run[], id: string, change: (run: Run) => Run): readonly Run[] {
  return runs.some((run) => run.id === id) ? runs.map((run) => (run.id === id ? change(run) : run)) : runs;
}

/** A run with more steps. */
export function withRows(run: Run, rows: readonly BatchRow[]): Run {
  const last = rows[rows.length - 1];
  if (last === undefined) return run;
  return { ...run, rows: appendRows(run.rows, rows), steps: Math.max(run.steps, last.step) };
}

/** A run with one more line of the table; a line that comes again (after a resume) replaces its older self. */
export function withEpoch(run: Run, row: EpochRow): Run {
  const others = run.epochs.filter((old) => old.stage !== row.stage || old.epoch !== row.epoch);
  return { ...run, epochs: [...others, row].sort((a, b) => a.step - b.step) };
}

/** A run with the curve of a learning-rate search; one a stage. */
export function withLrFind(run: Run, result: LrFindResult): Run {
  return { ...run, lrFinds: [...run.lrFinds.filter((old) => old.stage !== result.stage), result] };
}
