// Adam (Kingma and Ba 2015) with decoupled or L2 weight decay, for all parameters in one in-place dispatch.
import { defineStep } from "./optimizerStep";

export interface AdamGroup {
  readonly lr: number;
  /** Decoupled weight decay (Loshchilov and Hutter 2019): p ← p·(1 − lr·wd) before the step. */
  readonly wd: number;
  /** L2 penalty: added to the gradient as l2·p. */
  readonly l2?: number;
  /** This step's momentum; the bias is corrected with it too, as fastai does under one-cycle. */
  readonly beta1: number;
  readonly beta2: number;
  readonly eps: number;
  /** From 1. */
  readonly step: number;
}

/** The numbers of a group, worked out in double precision. */
export function adamRow({ lr, wd, l2 = 0, beta1, beta2, eps, step }: AdamGroup): number[] {
  const size = lr / (1 - beta1 ** step);
  return [1 - lr * wd, l2, size, beta1, 1 - beta1, beta2, 1 - beta2, 1 / (1 - beta2 ** step), eps, lr, step];
}

/** m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², p ← p − lr/(1−β₁ᵗ) · m/(√(v/(1−β₂ᵗ)) + eps), in place. */
export const adamStep = defineStep({
  name: "AdamW",
  moments: 2,
  corrected: true,
  wgsl: `  m = h(3) * m + h(4) * g;
  v = h(5) * v + h(6) * g * g;
  p -= h(2) * m / (sqrt(v * h(7)) + h(8));`,
  reference({ p, m, v }, g, h) {
    const m1 = h(3) * m + h(4) * g;
    const v1 = h(5) * v + h(6) * g * g;
    return { p: p - (h(2) * m1) / (Math.sqrt(v1 * h(7)) + h(8)), m: m1, v: v1 };
  },
});
