// Brings the losses of the steps back from the GPU, in order, a few at a time, without the loop waiting for them.
import type { Tensor } from "@tensorflow/tfjs-core";
import { createLossRing } from "../tensor/lossRing";

export interface LossFeed {
  /** Takes over the scalar loss of a step. */
  push(loss: Tensor): void;
  /** What has come back since the last call; waits only when it is more than `behind` steps late. */
  turn(): Promise<readonly number[]>;
  /** Waits for all. */
  flush(): Promise<readonly number[]>;
  dispose(): void;
}

export interface LossFeedOptions {
  /** Milliseconds. */
  readonly clock: () => number;
  /** Fetches after so many steps or milliseconds, whichever comes first. */
  readonly everySteps?: number;
  readonly everyMs?: number;
  /** So many steps may pass before a loss is known. */
  readonly behind?: number;
}

export function createLossFeed({ clock, everySteps = 5, everyMs = 250, behind = 8 }: LossFeedOptions): LossFeed {
  const ring = createLossRing();
  let arrived: number[] = [];
  const pushed = { missing: 0 };
  let fetching: Promise<void> | null = null;
  let failure: unknown = null;
  let last = clock();

  const drain = async (): Promise<void> => {
    try {
      const values = await ring.drain();
      arrived.push(...values);
      pushed.missing -= values.length;
    } catch (error) {
      failure = error;
      pushed.missing = 0;
    } finally {
      fetching = null;
    }
  };
  const fetch = (): Promise<void> => {
    last = clock();
    fetching ??= drain();
    return fetching;
  };
  const take = (): number[] => {
    if (failure !== null) throw failure;
    const values = arrived;
    arrived = [];
    return values;
  };

  return {
    push(loss) {
      ring.push(loss);
      pushed.missing += 1;
    },
    async turn() {
      if (!fetching && ring.pending > 0 && (ring.pending >= everySteps || clock() - last >= everyMs)) void fetch();
      while (pushed.missing > behind) await fetch();
      return take();
    },
    async flush() {
      while (pushed.missing > 0) await fetch();
      return take();
    },
    dispose: () => ring.dispose(),
  };
}
