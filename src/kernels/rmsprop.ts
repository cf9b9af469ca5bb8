// RMSProp (Hinton 2012) with momentum, PyTorch's way, for all parameters in one in-place dispatch.
import { defineStep } from "./optimizerStep";

export interface RmspropGroup {
  readonly lr: number;
  /** Decoupled weight decay: p ← p·(1 − lr·wd) before the step. */
  readonly wd: number;
  /** L2 penalty: added to the gradient as l2·p. */
  readonly l2?: number;
  readonly momentum: number;
  /** How much of the mean square is kept from step to step. */
  readonly alpha: number;
  readonly eps: number;
}

/** The numbers of a group. */
export function rmspropRow({ lr, wd, l2 = 0, momentum, alpha, eps }: RmspropGroup): number[] {
  return [1 - lr * wd, l2, lr, momentum, alpha, 1 - alpha, eps];
}

/** Of the moments m, the mean square, and v, the momentum: m ← αm + (1−α)g², v ← momentum·v + g/(√m + eps), p ← p − lr·v. */
export const rmspropStep = defineStep({
  name: "RmsProp",
  moments: 2,
  wgsl: `  m = h(4) * m + h(5) * g * g;
  v = h(3) * v + g / (sqrt(m) + h(6));
  p -= h(2) * v;`,
  reference({ p, m, v }, g, h) {
    const square = h(4) * m + h(5) * g * g;
    const buffer = h(3) * v + g / (Math.sqrt(square) + h(6));
    return { p: p - h(2) * buffer, m: square, v: buffer };
  },
});
