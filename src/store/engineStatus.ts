// What the engine says about itself: the computer, the catalogue, its progress, and problems that wait for a person.
import { createStore } from "zustand/vanilla";
import type { Problem } from "../base/problem";
import type { Catalog } from "../spec/catalog";
import type { DeviceReport } from "../spec/device";
import type { Progress } from "../spec/run";

export interface ShownProblem {
  readonly id: number;
  readonly problem: Problem;
  /** What "try again" does. */
  readonly retry: (() => void) | null;
}

export interface EngineStatusState {
  readonly phase: "starting" | "ready" | "failed";
  readonly device: DeviceReport | null;
  readonly catalog: Catalog | null;
  readonly progress: Progress | null;
  readonly runState: "running" | "paused" | "stopping" | "idle";
  readonly problems: readonly ShownProblem[];
  /** What a screen reader is told: at most every 20 seconds. */
  readonly spoken: string;
}

/** The engine's state as the page knows it. */
export function createEngineStatusStore() {
  return createStore<EngineStatusState>()(() => ({
    phase: "starting",
    device: null,
    catalog: null,
    progress: null,
    runState: "idle",
    problems: [],
    spoken: "",
  }));
}

export type EngineStatusStore = ReturnType<typeof createEngineStatusStore>;

const MOST_SHOWN = 6;

/** Adds a problem on top; the same code replaces its older self, so a repeated failure is one card. */
export function addProblem(
  list: readonly ShownProblem[],
  problem: Problem,
  id: number,
  retry: (() => void) | null,
): ShownProblem[] {
  const others = list.filter((shown) => shown.problem.code !== problem.code);
  return [{ id, problem, retry }, ...others].slice(0, MOST_SHOWN);
}
