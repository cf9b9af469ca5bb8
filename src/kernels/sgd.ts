// Stochastic gradient descent with momentum, PyTorch's way, for all parameters in one in-place dispatch.
import { defineStep } from "./optimizerStep";

export interface SgdGroup {
  readonly lr: number;
  /** Decoupled weight decay: p ← p·(1 − lr·wd) before the step. */
  readonly wd: number;
  /** L2 penalty: added to the gradient as l2·p. */
  readonly l2?: number;
  readonly momentum: number;
}

/** The numbers of a group. */
export function sgdRow({ lr, wd, l2 = 0, momentum }: SgdGroup): number[] {
  return [1 - lr * wd, l2, lr, momentum];
}

/** m ← momentum·m + g, p ← p − lr·m, in place. */
export const sgdStep = defineStep({
  name: "Sgd",
  moments: 1,
  wgsl: `  m = h(3) * m + g;
  p -= h(2) * m;`,
  reference({ p, m, v }, g, h) {
    const m1 = h(3) * m + g;
    return { p: p - h(2) * m1, m: m1, v };
  },
});
