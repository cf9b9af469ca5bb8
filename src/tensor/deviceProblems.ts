// The Problems of a GPU: none there, lost, or complaining.
import type { Problem } from "../base/problem";

const common = { items: [], total: 0 } as const;

/** No WebGPU adapter: the cpu backend carries on. */
export function noGpu(): Problem {
  return {
    ...common,
    code: "GPU_MISSING",
    severity: "warning",
    title: "This browser offers no GPU, so training runs on the processor.",
    detail:
      "It gives the same results, but slowly: keep models and images small. " +
      "A current Chrome, Edge, Safari or Firefox with hardware acceleration turned on is much faster.",
    mend: [{ label: "Try again", action: { do: "restartEngine" } }],
  };
}

/** The device went away: driver reset, sleep, or a crash of the GPU process. */
export function deviceLost(message: string): Problem {
  return {
    ...common,
    code: "GPU_LOST",
    severity: "error",
    title: "The connection to the GPU was lost.",
    detail: "The driver was reset or the computer slept. Everything up to the last saved point is kept.",
    mend: [
      { label: "Go on from the last saved point", action: { do: "resume" } },
      { label: "Restart the engine", action: { do: "restartEngine" } },
    ],
    debug: message,
  };
}

/** A validation or memory error that nobody awaited: results since then cannot be trusted. */
export function gpuError(message: string, outOfMemory = false): Problem {
  const memory = outOfMemory || /out of memory|allocation|createBuffer failed/i.test(message);
  return {
    ...common,
    code: memory ? "GPU_MEMORY" : "GPU_ERROR",
    severity: "error",
    title: memory ? "The GPU has no memory left." : "The GPU refused a command.",
    detail: memory
      ? "A smaller batch, smaller images or a smaller model needs less. Nothing saved is affected."
      : "Results since then may be wrong. Nothing saved is affected.",
    mend: [{ label: "Restart the engine", action: { do: "restartEngine" } }],
    debug: message,
  };
}
