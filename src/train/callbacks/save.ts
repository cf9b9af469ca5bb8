// Hands the state of a fit to whoever keeps it: after every epoch, and in between when an epoch takes long.
import type { Callback } from "../callback";
import type { LearnerState } from "../learnerState";

export interface SaveOptions {
  /** Milliseconds. */
  readonly clock: () => number;
  /** Milliseconds between saves within an epoch. */
  readonly every: number;
  /** Whether to save now at all, for example not while the last save is still being written. */
  readonly ready?: () => boolean;
  /** Writes the state; the fit waits only for the numbers to leave the GPU, not for this. */
  readonly keep: (state: LearnerState) => void;
}

/** Reading the state waits for all losses first, so a state with a NaN loss before it is never handed over. */
export function save({ clock, every, ready = () => true, keep }: SaveOptions): Callback {
  let last = clock();
  return {
    name: "save",
    order: 50,
    beforeFit() {
      last = clock();
    },
    async afterBatch(learn) {
      if (!learn.training || clock() - last < every || !ready()) return;
      keep(await learn.state());
      last = clock();
    },
    async afterEpoch(learn) {
      if (learn.purpose !== "fit" || !ready()) return;
      keep(await learn.state());
      last = clock();
    },
  };
}
