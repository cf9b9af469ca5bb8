// Adam (Kingma and Ba 2015); decoupled weight decay makes it AdamW (Loshchilov and Hutter 2019), fastai's default.
import { adamRow, adamStep } from "../kernels/adam";
import { fusedOptimizer } from "./fused";
import type { DecayOptions } from "./fused";
import type { MakeOptimizer } from "./optimizer";

export interface AdamOptions extends DecayOptions {
  /** β2. */
  readonly sqrMom?: number;
  readonly eps?: number;
}

function make(id: string, { sqrMom = 0.99, eps = 1e-8, ...decay }: AdamOptions): MakeOptimizer {
  return fusedOptimizer(
    {
      id,
      moments: ["exp_avg", "exp_avg_sq"],
      kernel: adamStep,
      row: ({ momentum, ...group }) => adamRow({ ...group, beta1: momentum, beta2: sqrMom, eps }),
    },
    decay,
  );
}

/** p ← p (1 − wd·lr), then Adam's step; β1 is the schedule's momentum and enters the bias correction as it is now. */
export function adamw(options: Omit<AdamOptions, "trueWd"> = {}): MakeOptimizer {
  return make("adamw", { ...options, trueWd: true });
}

/** Adam's step over gradients with an L2 penalty, as PyTorch's Adam takes its weight decay. */
export function adam(options: AdamOptions = {}): MakeOptimizer {
  return make("adam", { trueWd: false, ...options });
}
