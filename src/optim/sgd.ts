// Stochastic gradient descent with momentum, PyTorch's form: v ← momentum·v + g, p ← p − lr·v.
import { sgd as sgdKernel } from "../kernels/sgd";
import { fusedOptimizer } from "./fused";
import type { MakeOptimizer } from "./optimizer";

export interface SgdOptions {
  readonly wd?: number;
  readonly bnWd?: boolean;
  /** Largest global norm of the gradients; 0 or absent: no clipping. */
  readonly clip?: number;
}

/** Momentum comes from the schedule; weight decay is decoupled: p ← p (1 − wd·lr) first. */
export function sgd({ wd = 0.01, bnWd = true, clip = 0 }: SgdOptions = {}): MakeOptimizer {
  return (parameters) =>
    fusedOptimizer(
      {
        id: "sgd",
        moments: ["momentum_buffer"],
        wd,
        bnWd,
        apply({ state, gradients, groups, groupOf, momentum }) {
          const full = groups.map((group) => ({ ...group, momentum }));
          sgdKernel(state, gradients, full, groupOf, clip > 0 ? { maxNorm: clip } : {});
        },
      },
      parameters,
    );
}
