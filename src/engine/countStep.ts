// Counts what one training step asks of the GPU: dispatches, submits, uploads, tensors.
import type { StepCounts } from "../spec/run";
import { activeGpu } from "../tensor/backend";
import { attachCounters, type Counters } from "../tensor/counters";
import { liveTensors } from "../tensor/scope";
import type { Callback } from "../train/callback";

/** The step of a fit that is counted: shaders are compiled and buffers pooled by then. */
const COUNTED = 3;

/** Watches one step of a fit on the GPU, and none elsewhere. */
export function countStep(tell: (counts: StepCounts) => void): readonly Callback[] {
  let counters: Counters | null = null;
  const end = (): void => {
    counters?.detach();
    counters = null;
  };
  return [
    {
      name: "countStep",
      order: 100,
      beforeBatch(learn) {
        const gpu = activeGpu();
        if (!gpu || !learn.training) return end();
        if (counters) {
          const { dispatches, submits, writtenBytes, mappedBytes } = counters.read();
          tell({ dispatches, submits, uploadBytes: writtenBytes + mappedBytes, tensors: liveTensors() });
          end();
        } else if (learn.fitStep === COUNTED) counters = attachCounters(gpu.device);
      },
      cleanupFit: end,
    },
  ];
}
