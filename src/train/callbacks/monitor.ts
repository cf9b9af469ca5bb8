// What several callbacks watch: a number of every epoch, which way is better, and whether it has become so.
import type { ParamSpec, ParamValue } from "../../spec/params";
import type { Training } from "../callback";

/** Fields that every watching callback has. */
export const monitorParams: readonly ParamSpec[] = [
  {
    kind: "metric",
    id: "monitor",
    label: "Watched number",
    help: "What is measured after every epoch and decides: the loss on the validation set, or one of the metrics.",
    default: "validLoss",
  },
  {
    kind: "number",
    id: "minDelta",
    label: "Smallest improvement",
    help: "Changes smaller than this do not count.",
    default: 0,
    min: 0,
    max: 1e6,
    step: 0.001,
    advanced: true,
  },
];

interface Watched {
  readonly value: number;
  /** 1 where higher is better, −1 where lower is. */
  readonly sign: 1 | -1;
}

/** The number of the epoch that just ended; null where there is none. */
function watched({ validation, metrics }: Training, monitor: string): Watched | null {
  const at = metrics.findIndex(({ info }) => info.id === monitor);
  const value = at < 0 ? validation?.loss : validation?.metrics[at];
  if (value === null || value === undefined) return null;
  return { value, sign: metrics[at]?.info.better === "higher" ? 1 : -1 };
}

export interface Monitor {
  /** Looks at an ended epoch: whether it is the best so far; null where there is nothing to look at. */
  improved(learn: Training): boolean | null;
  reset(): void;
  state(): { readonly best: number | null };
  restore(state: { readonly best: number | null }): void;
}

/** fastai's TrackerCallback: better by more than `minDelta` than the best before. */
export function createMonitor(options: Readonly<Record<string, ParamValue>>): Monitor {
  const [monitor, minDelta] = [String(options["monitor"]), Number(options["minDelta"])];
  let best: number | null = null;
  return {
    improved(learn) {
      const now = watched(learn, monitor);
      if (now === null) return null;
      // NaN is never better.
      if (Number.isNaN(now.value) || (best !== null && !(now.sign * now.value - minDelta > now.sign * best)))
        return false;
      best = now.value;
      return true;
    },
    reset() {
      best = null;
    },
    state: () => ({ best }),
    restore(state) {
      best = state.best;
    },
  };
}
