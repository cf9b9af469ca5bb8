// What is kept of a person's work between visits.
import type { LrFindResult, RunSummary, BatchRow } from "./run";
import type { Recipe } from "./recipe";

/** One run in the rail; its rows are thinned to what a chart can show. */
export interface SavedRun {
  readonly summary: RunSummary;
  readonly name: string;
  readonly color: number;
  readonly pinned: boolean;
  readonly hidden: boolean;
  readonly rows: readonly BatchRow[];
  readonly lrFinds: readonly LrFindResult[];
}

export interface ProjectDoc {
  readonly version: 1;
  readonly id: string;
  readonly recipe: Recipe;
  /** True once a person has accepted or changed a guess. */
  readonly settled: boolean;
  readonly runs: readonly SavedRun[];
  readonly currentRun: string | null;
  /** Sequence number of the save, not a date: order survives clock changes. */
  readonly sequence: number;
}

/** A run that a reload or crash cut off, as found at the next start. */
export interface ResumableRun {
  readonly runId: string;
  readonly step: number;
  readonly steps: number;
  readonly stage: number;
  readonly epoch: number;
  /** The files are at hand (sample, decoded cache or a granted handle), or must be reconnected first. */
  readonly data: "ready" | "reconnect" | "missing";
  readonly sourceName: string;
}

/** Answer to `openProject`: what was kept, and what can go on. */
export interface OpenedProject {
  readonly project: ProjectDoc | null;
  readonly resumable: ResumableRun | null;
  /** The run whose model is kept: it can be inspected and saved without training again. */
  readonly kept: string | null;
  /** False where the browser keeps nothing (private window, blocked storage). */
  readonly persistent: boolean;
}
