// Follows the loss scale of a mixed-precision fit from outside, a few steps late, and goes on in float32 where it fails.
import type { Tensor } from "@tensorflow/tfjs-core";
import { readTensors } from "../../nn/readTensors";
import { createLossRing } from "../../tensor/lossRing";
import type { LossRing } from "../../tensor/lossRing";
import { writeTensor } from "../../tensor/writeTensor";
import type { Callback, Training } from "../callback";

export interface MixedPrecisionOptions {
  /** The fit goes on in float32: gradients overflowed at every scale, or there was nothing to save. */
  readonly onFallback: (why: "overflow" | "noGain") => void;
  /** Steps between two looks. */
  readonly every?: number;
}

/**
 * The scale and the decision to leave a step out live on the device; here their numbers come back like the losses do.
 * A scale that has fallen to 1 has nowhere to go.
 */
export function mixedPrecision({ onFallback, every = 5 }: MixedPrecisionOptions): Callback {
  let ring: LossRing | null = null;
  let reading: Promise<void> | null = null;
  let hopeless = false;

  /** An overflow on the way forward reaches the running statistics of batch norms, which never forget it. */
  let statistics: readonly { readonly tensor: Tensor; readonly before: Float32Array }[] = [];

  const remember = async ({ model }: Training): Promise<void> => {
    const tensors = model.namedBuffers().flatMap(([, buffer]) => (buffer.kind === "tensor" ? [buffer.tensor] : []));
    const values = await readTensors(tensors);
    statistics = tensors.map((tensor, i) => ({ tensor, before: values[i] as Float32Array }));
  };
  const mend = async (): Promise<void> => {
    const now = await readTensors(statistics.map(({ tensor }) => tensor));
    statistics.forEach(({ tensor, before }, i) => {
      if (!now[i]?.every(Number.isFinite)) writeTensor(tensor, before);
    });
  };

  const look = async (learn: Training, from: LossRing): Promise<void> => {
    const scales = await from.drain();
    learn.lossScale = learn.scaling ? (scales.at(-1) ?? learn.lossScale) : null;
    hopeless ||= scales.some((scale) => scale <= 1);
  };
  const fallBack = async (learn: Training, why: "overflow" | "noGain"): Promise<void> => {
    await learn.leaveHalf();
    await mend();
    onFallback(why);
  };
  return {
    name: "mixedPrecision",
    order: 5,
    async beforeFit(learn) {
      ring = learn.scaling ? createLossRing() : null;
      hopeless = false;
      if (learn.scaling) await remember(learn);
    },
    afterStep({ scaling }) {
      if (scaling) ring?.push(scaling.scale);
    },
    async afterBatch(learn) {
      if (!ring || !learn.scaling) return;
      if (learn.halfBytes?.kept === 0) return await fallBack(learn, "noGain");
      if (hopeless) return await fallBack(learn, "overflow");
      if (ring.pending < every || reading) return;
      reading = look(learn, ring).finally(() => {
        reading = null;
      });
    },
    async cleanupFit() {
      await reading?.catch(() => undefined);
      ring?.dispose();
      ring = null;
    },
  };
}
