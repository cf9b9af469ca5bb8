// The model of the recipe as the page knows it: its summary, and the weights that it begins with.
import { createStore } from "zustand/vanilla";
import type { Problem } from "../base/problem";
import type { ModelSummary, WeightsReport } from "../spec/run";

export interface ModelState {
  readonly summary: ModelSummary | null;
  readonly describing: boolean;
  /** Why the model of the recipe cannot be built. */
  readonly problem: Problem | null;
  readonly weights: WeightsReport | null;
  /** A file that fits in part and waits for consent. */
  readonly proposed: WeightsReport | null;
}

/** The model store. */
export function createModelStore() {
  return createStore<ModelState>()(() => ({
    summary: null,
    describing: false,
    problem: null,
    weights: null,
    proposed: null,
  }));
}

export type ModelStore = ReturnType<typeof createModelStore>;
