// Keeps JavaScript from running ahead of the GPU, and lets messages in between steps.
import { activeGpu, submit } from "../tensor/backend";

export interface Pace {
  /** Sends the step's work; resolves when at most `ahead` steps are unfinished. */
  turn(): Promise<void>;
}

/** Lets one round of messages through; a microtask would not. */
function breathe(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener("message", () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(null);
  });
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
