// Pause, one step, resume and stop for a running fit, from outside of it.
import type { Callback } from "./callback";
import { CancelFit } from "./cancel";

export interface Control {
  pause(): void;
  resume(): void;
  /** One more step, then pause. */
  step(): void;
  /** Ends the fit after the batch at hand; the model is kept. */
  stop(): void;
  readonly state: "running" | "paused" | "stopping";
  /** Whether the fit stands still between two steps right now. */
  readonly waiting: boolean;
  /** Milliseconds spent waiting so far. */
  readonly pausedMs: number;
  /** For what else should end with the fit. */
  readonly signal: AbortSignal;
  /** Makes a learner obey. */
  readonly callback: Callback;
}

export interface ControlOptions {
  /** Milliseconds. */
  readonly clock: () => number;
  readonly onState?: (state: Control["state"]) => void;
}

/** A fresh control, running. */
export function createControl({ clock, onState = () => undefined }: ControlOptions): Control {
  const abort = new AbortController();
  const now = { state: "running" as Control["state"], allowed: 0 };
  let waited = 0;
  let since: number | null = null;
  let wake: (() => void) | null = null;

  const become = (next: Control["state"]): void => {
    if (now.state === "stopping") return;
    const changed = now.state !== next;
    now.state = next;
    wake?.();
    wake = null;
    if (changed) onState(next);
  };

  const gate = async (): Promise<void> => {
    while (now.state === "paused" && now.allowed === 0) {
      since ??= clock();
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    if (since !== null) waited += clock() - since;
    since = null;
    now.allowed = Math.max(0, now.allowed - 1);
    if (abort.signal.aborted) throw new CancelFit();
  };

  return {
    pause: () => become("paused"),
    resume() {
      now.allowed = 0;
      become("running");
    },
    step() {
      now.allowed += 1;
      become("paused");
    },
    stop() {
      become("stopping");
      abort.abort();
    },
    get state() {
      return now.state;
    },
    get waiting() {
      return since !== null && wake !== null;
    },
    get pausedMs() {
      return waited + (since === null ? 0 : clock() - since);
    },
    signal: abort.signal,
    callback: {
      name: "control",
      order: -50,
      async beforeBatch(learn) {
        if (learn.training) await gate();
        else if (abort.signal.aborted) throw new CancelFit();
      },
    },
  };
}
