// What the trained model says about the validation set, for the Inspect screen.
import { createStore } from "zustand/vanilla";
import type { Problem } from "../base/problem";
import type { Interpretation } from "../spec/run";

export interface InspectionState {
  readonly interpretation: Interpretation | null;
  readonly busy: boolean;
  readonly problem: Problem | null;
}

/** The inspection store. */
export function createInspectionStore() {
  return createStore<InspectionState>()(() => ({ interpretation: null, busy: false, problem: null }));
}

export type InspectionStore = ReturnType<typeof createInspectionStore>;
