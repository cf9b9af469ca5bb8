// Adam with decoupled weight decay (Kingma and Ba 2015, Loshchilov and Hutter 2019) with fastai's defaults.
import { adamw as adamwKernel } from "../kernels/adamw";
import { fusedOptimizer } from "./fused";
import type { MakeOptimizer } from "./optimizer";

export interface AdamWOptions {
  readonly wd?: number;
  /** β2. */
  readonly sqrMom?: number;
  readonly eps?: number;
  /** Decay batch norms and biases too. */
  readonly bnWd?: boolean;
  /** Largest global norm of the gradients; 0 or absent: no clipping. */
  readonly clip?: number;
}

/** p ← p (1 − wd·lr), then Adam's step; β1 is the schedule's momentum and enters the bias correction as it is now. */
export function adamw({
  wd = 0.01,
  sqrMom = 0.99,
  eps = 1e-8,
  bnWd = true,
  clip = 0,
}: AdamWOptions = {}): MakeOptimizer {
  return (parameters) =>
    fusedOptimizer(
      {
        id: "adamw",
        moments: ["exp_avg", "exp_avg_sq"],
        wd,
        bnWd,
        apply({ state, gradients, groups, groupOf, momentum, step }) {
          const full = groups.map((group) => ({ ...group, beta1: momentum, beta2: sqrMom, eps, step }));
          adamwKernel(state, gradients, full, groupOf, clip > 0 ? { maxNorm: clip } : {});
        },
      },
      parameters,
    );
}
