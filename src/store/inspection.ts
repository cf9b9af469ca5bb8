// What the trained model says about the validation set, for the Inspect screen.
import { createStore } from "zustand/vanilla";
import type { Problem } from "../base/problem";
import type { Interpretation } from "../spec/run";

export interface InspectionState {
  readonly interpretation: Interpretation | null;
  readonly busy: boolean;
  /** Whether answers are averaged over several views of each picture. */
  readonly tta: boolean;
  readonly problem: Problem | null;
  /** What a person chose for each label instead of the metrics' threshold, for one interpretation. */
  readonly chosen: { readonly of: Interpretation; readonly thresholds: Float32Array } | null;
}

/** The inspection store. */
export function createInspectionStore() {
  return createStore<InspectionState>()(() => ({
    interpretation: null,
    busy: false,
    tta: false,
    problem: null,
    chosen: null,
  }));
}

export type InspectionStore = ReturnType<typeof createInspectionStore>;

/** The thresholds in force: those chosen for this interpretation, or `usual` for every label. */
export function thresholdsOf(
  { interpretation, chosen }: Pick<InspectionState, "interpretation" | "chosen">,
  usual: number,
): Float32Array {
  if (chosen && chosen.of === interpretation) return chosen.thresholds;
  return new Float32Array(interpretation?.vocab.length ?? 0).fill(usual);
}
