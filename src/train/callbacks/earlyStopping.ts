// Ends a fit when it has not become better for some epochs (fastai's EarlyStoppingCallback).
import type { ParamValue } from "../../spec/params";
import type { Callback } from "../callback";
import { EndFit } from "../cancel";
import { createMonitor } from "./monitor";

interface Saved {
  readonly best: number | null;
  readonly wait: number;
}

/** `patience`: so many epochs without improvement are let pass. */
export function earlyStopping(options: Readonly<Record<string, ParamValue>>): Callback {
  const monitor = createMonitor(options);
  const patience = Number(options["patience"]);
  let wait = 0;
  return {
    name: "earlyStopping",
    // After the best model has been kept and the checkpoint written.
    order: 60,
    beforeFit() {
      monitor.reset();
      wait = 0;
    },
    afterEpoch(learn) {
      const improved = monitor.improved(learn);
      if (improved === null) return;
      wait = improved ? 0 : wait + 1;
      if (wait > patience) throw new EndFit();
    },
    state: (): Saved => ({ ...monitor.state(), wait }),
    restore(state) {
      if (!state) return;
      monitor.restore(state as Saved);
      wait = (state as Saved).wait;
    },
  };
}
