// Lowers the learning rate when the fit has not become better for some epochs (fastai's ReduceLROnPlateauCallback).
import type { ParamValue } from "../../spec/params";
import type { Callback } from "../callback";
import { createMonitor } from "./monitor";

interface Saved {
  readonly best: number | null;
  readonly wait: number;
  readonly scale: number;
}

/** Multiplies what the schedule says by `factor` each time, but not below `minLr`. */
export function reduceLrOnPlateau(options: Readonly<Record<string, ParamValue>>): Callback {
  const monitor = createMonitor(options);
  const [patience, factor, minLr] = [options["patience"], options["factor"], options["minLr"]].map(Number) as [number, number, number]; // prettier-ignore
  let [wait, scale] = [0, 1];
  return {
    name: "reduceLrOnPlateau",
    // After the schedule has set the step's rates.
    order: -90,
    beforeFit() {
      monitor.reset();
      [wait, scale] = [0, 1];
    },
    beforeBatch(learn) {
      if (!learn.training || scale === 1) return;
      const lrs = learn.hyper.lrs.map((lr) => Math.max(lr * scale, Math.min(lr, minLr)));
      learn.hyper = { ...learn.hyper, lrs };
    },
    afterEpoch(learn) {
      const improved = monitor.improved(learn);
      if (improved === null) return;
      wait = improved ? 0 : wait + 1;
      if (wait <= patience) return;
      scale *= factor;
      wait = 0;
    },
    state: (): Saved => ({ ...monitor.state(), wait, scale }),
    restore(state) {
      if (!state) return;
      monitor.restore(state as Saved);
      ({ wait, scale } = state as Saved);
    },
  };
}
