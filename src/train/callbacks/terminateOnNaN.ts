// Ends a fit whose loss is no longer a number, a few steps after it happened at the latest.
import type { Callback } from "../callback";
import { CancelFit } from "../cancel";

/** `onNotFinite` hears the step whose loss was NaN or infinite; the caller goes back to weights saved before it. */
export function terminateOnNaN(onNotFinite: (step: number) => void): Callback {
  let found = false;
  return {
    name: "terminateOnNaN",
    // After the recorder: the row is still written.
    order: 20,
    beforeFit() {
      found = false;
    },
    afterLosses(learn, first, losses) {
      // In mixed precision such a step is left out, and the loss scale falls: it ends in float32 or well.
      if (learn.scaling) return;
      const bad = losses.findIndex((loss) => !Number.isFinite(loss));
      if (bad === -1 || found) return;
      found = true;
      onNotFinite(first + bad);
      throw new CancelFit();
    },
  };
}
