// The model of the recipe as the page knows it: its summary, and the weights that it begins with.
import { createStore } from "zustand/vanilla";
import type { Problem } from "../base/problem";
import type { HubListing } from "../spec/hub";
import type { ModelSummary, WeightsReport } from "../spec/run";

export interface ModelState {
  readonly summary: ModelSummary | null;
  readonly describing: boolean;
  /** Why the model of the recipe cannot be built. */
  readonly problem: Problem | null;
  readonly weights: WeightsReport | null;
  /** A file that fits in part and waits for consent. */
  readonly proposed: WeightsReport | null;
  /** The catalogue; null until the Model screen asks for it. */
  readonly hub: HubListing | null;
  /** Encoders that are being fetched. */
  readonly fetching: readonly string[];
}

/** The model store. */
export function createModelStore() {
  return createStore<ModelState>()(() => ({
    summary: null,
    describing: false,
    problem: null,
    weights: null,
    proposed: null,
    hub: null,
    fetching: [],
  }));
}

export type ModelStore = ReturnType<typeof createModelStore>;
