// What AdamW and SGD share: one kernel call over all parameters, in two groups a layer group (weights; norms and biases).
import type { Tensor } from "@tensorflow/tfjs-core";
import { createOptimizerState } from "../kernels/optimizerState";
import type { OptimizerState } from "../kernels/optimizerState";
import type { Hyper, NamedParameter, Optimizer } from "./optimizer";

export interface FusedSpec {
  readonly id: string;
  /** PyTorch's names of the moments. */
  readonly moments: readonly string[];
  /** Weight decay. */
  readonly wd: number;
  /** Also on batch norms and biases, fastai's `bn_wd`. */
  readonly bnWd: boolean;
  /** `groups` holds learning rate and weight decay of each group. */
  readonly apply: (call: {
    readonly state: OptimizerState;
    readonly gradients: readonly (Tensor | null)[];
    readonly groups: readonly { readonly lr: number; readonly wd: number }[];
    readonly groupOf: readonly number[];
    readonly momentum: number;
    readonly step: number;
  }) => void;
}

/** An optimizer over a fused kernel. */
export function fusedOptimizer(spec: FusedSpec, parameters: readonly NamedParameter[]): Optimizer {
  const tensors = parameters.map(({ parameter }) => parameter.tensor);
  const moments = spec.moments.length === 2 ? 2 : 1;
  const state = createOptimizerState(tensors, { moments });
  const groupOf = parameters.map(({ parameter, group }) => 2 * group + (parameter.role === "weight" ? 0 : 1));
  const groupsFor = ({ lrs }: Hyper) =>
    lrs.flatMap((lr) => [
      { lr, wd: spec.wd },
      { lr, wd: spec.bnWd ? spec.wd : 0 },
    ]);
  const optimizer: Optimizer = {
    id: spec.id,
    parameters,
    steps: 0,
    step(gradients, hyper) {
      optimizer.steps += 1;
      const groups = groupsFor(hyper);
      spec.apply({ state, gradients, groups, groupOf, momentum: hyper.momentum, step: optimizer.steps });
    },
    state: () =>
      spec.moments.flatMap((moment, k) =>
        parameters.map(({ name }, i) => [`${moment}.${name}`, state.moments[k]?.[i] as Tensor] as const),
      ),
    dispose: () => state.dispose(),
  };
  return optimizer;
}
