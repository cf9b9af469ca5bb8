// Keeps the model of the best epoch and puts it back at the end of the fit (fastai's SaveModelCallback).
import type { ParamValue } from "../../spec/params";
import type { Callback } from "../callback";
import { readCounters, readState, writeCounters, writeState } from "../checkpoint";
import type { SavedTensor } from "../learnerState";
import { createMonitor } from "./monitor";

interface Saved {
  readonly best: number | null;
  readonly counters: Readonly<Record<string, number>>;
}

/** Weights and running statistics are kept on the host: they are read once an improved epoch. */
export function saveModel(options: Readonly<Record<string, ParamValue>>): Callback {
  const monitor = createMonitor(options);
  let kept: ReadonlyMap<string, SavedTensor> = new Map();
  let counters: Readonly<Record<string, number>> = {};
  return {
    name: "saveModel",
    order: 40,
    beforeFit() {
      monitor.reset();
      kept = new Map();
    },
    async afterEpoch(learn) {
      if (monitor.improved(learn) !== true) return;
      kept = await readState(learn.model, null);
      counters = readCounters(learn.model);
    },
    afterFit(learn) {
      if (kept.size === 0) return;
      writeState(learn.model, null, kept);
      writeCounters(learn.model, counters);
    },
    state: (): Saved => ({ ...monitor.state(), counters }),
    tensors: () => Promise.resolve(kept),
    restore(state, tensors) {
      if (!state) return;
      monitor.restore(state as Saved);
      ({ counters } = state as Saved);
      kept = tensors;
    },
  };
}
