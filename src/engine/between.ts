// Lets other work at the model happen between two training steps, and only there.
import type { Callback, Training } from "../train/callback";
import type { Control } from "../train/control";

export interface Between {
  /** Runs `job` at once when no fit runs or it stands still, else before the next step; never during a search. */
  run<T>(job: () => Promise<T>): Promise<T>;
  /** A fit begins that obeys `control`; give its callbacks to the learner. */
  attach(control: Control): readonly Callback[];
  /** The fit has ended; what still waits begins now, one after the other. */
  detach(): void;
  /** Resolves when no work is under way and none waits for its turn outside a fit. */
  idle(): Promise<void>;
}

/** A fresh gate, with no fit. */
export function createBetween(): Between {
  let waiting: (() => Promise<void>)[] = [];
  let busy: Promise<void> = Promise.resolve();
  let control: Control | null = null;
  let searching = false;

  const start = (job: () => Promise<void>): Promise<void> => {
    busy = busy.then(job);
    return busy;
  };
  const drain = async (): Promise<void> => {
    const jobs = waiting;
    waiting = [];
    await Promise.all(jobs.map(start));
  };
  const undisturbed = async (learn: Training): Promise<void> => {
    searching = learn.purpose === "lrFind";
    if (!learn.training || searching) return;
    await drain();
    // Predictions leave the model in eval mode.
    learn.model.train();
  };

  return {
    run: (job) =>
      new Promise((resolve, reject) => {
        const settled = (): Promise<void> => job().then(resolve, reject);
        const free = control === null || (control.waiting && !searching);
        if (free) void start(settled);
        else waiting.push(settled);
      }),
    attach(next) {
      control = next;
      return [
        { name: "between", order: -60, beforeBatch: undisturbed },
        {
          name: "afterPause",
          order: -40,
          // A job that began while the fit stood still may outlast the pause.
          async beforeBatch(learn) {
            await busy;
            if (learn.training) learn.model.train();
          },
        },
      ];
    },
    detach() {
      control = null;
      searching = false;
      void drain();
    },
    async idle() {
      for (let seen: unknown = null; seen !== busy;) {
        seen = busy;
        await busy;
      }
    },
  };
}
