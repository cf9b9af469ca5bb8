// Keeps JavaScript from running ahead of the GPU, and lets messages in between steps.
import { breathe } from "../base/breathe";
import { activeGpu, submit } from "../tensor/backend";

export interface Pace {
  /** Sends the step's work; resolves when at most `ahead` steps are unfinished. */
  turn(): Promise<void>;
}

/** `ahead`: steps that may be on their way while the next is prepared. */
export function createPace(ahead = 2): Pace {
  const unfinished: Promise<void>[] = [];
  return {
    async turn() {
      const gpu = activeGpu();
      if (!gpu) return await breathe();
      submit();
      unfinished.push(gpu.queue.onSubmittedWorkDone());
      if (unfinished.length > ahead) await unfinished.shift();
    },
  };
}
