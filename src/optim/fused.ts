// What all optimizers share: one kernel call over all parameters, in two groups a layer group (weights; norms and biases).
import type { Tensor } from "@tensorflow/tfjs-core";
import { createOptimizerState } from "../kernels/optimizerState";
import type { FusedStep } from "../kernels/optimizerStep";
import type { Hyper, MakeOptimizer, NamedParameter, Optimizer } from "./optimizer";

/** fastai's weight decay, and clipping. */
export interface DecayOptions {
  /** Weight decay. */
  readonly wd?: number;
  /** Decoupled, p ← p(1 − lr·wd) before the step; otherwise an L2 penalty, wd·p added to the gradient. */
  readonly trueWd?: boolean;
  /** Decays batch norms and biases too. */
  readonly bnWd?: boolean;
  /** Largest global norm of the gradients; 0: no clipping. */
  readonly clip?: number;
}

/** What a step needs beside the gradients, for one group. */
export interface GroupHyper {
  readonly lr: number;
  /** Decoupled decay, and L2 penalty: one of them is 0. */
  readonly wd: number;
  readonly l2: number;
  readonly momentum: number;
  /** From 1. */
  readonly step: number;
}

export interface FusedSpec {
  readonly id: string;
  /** PyTorch's names of the moments. */
  readonly moments: readonly [string] | readonly [string, string];
  readonly kernel: FusedStep;
  /** The kernel's numbers for a group. */
  readonly row: (hyper: GroupHyper) => number[];
}

/** Makes optimizers over a fused kernel. */
export function fusedOptimizer(
  { id, moments, kernel, row }: FusedSpec,
  { wd = 0.01, trueWd = true, bnWd = true, clip = 0 }: DecayOptions,
): MakeOptimizer {
  const decay = (amount: number) => (trueWd ? { wd: amount, l2: 0 } : { wd: 0, l2: amount });
  const rowsFor = ({ lrs, momentum }: Hyper, step: number): number[][] =>
    lrs.flatMap((lr) => [
      row({ lr, momentum, step, ...decay(wd) }),
      row({ lr, momentum, step, ...decay(bnWd ? wd : 0) }),
    ]);
  return (parameters: readonly NamedParameter[]) => {
    const tensors = parameters.map(({ parameter }) => parameter.tensor);
    const state = createOptimizerState(tensors, { moments: moments.length });
    const groupOf = parameters.map(({ parameter, group }) => 2 * group + (parameter.role === "weight" ? 0 : 1));
    const optimizer: Optimizer = {
      id,
      parameters,
      steps: 0,
      step(gradients, hyper, scaling) {
        optimizer.steps += 1;
        const options = { ...(clip > 0 ? { maxNorm: clip } : {}), ...(scaling ? { scaling } : {}) };
        kernel(state, gradients, rowsFor(hyper, optimizer.steps), groupOf, options);
      },
      state: () =>
        moments.flatMap((moment, k) =>
          parameters.map(({ name }, i) => [`${moment}.${name}`, state.moments[k]?.[i] as Tensor] as const),
        ),
      dispose: () => state.dispose(),
    };
    return optimizer;
  };
}
