// What an optimizer is: it moves the parameters that require a gradient, by layer group, in place.
import type { Tensor } from "@tensorflow/tfjs-core";
import type { LossScale } from "../kernels/lossScale";
import type { Parameter } from "../nn/parameter";

export interface NamedParameter {
  readonly name: string;
  readonly parameter: Parameter;
  /** Its layer group, from the input on. */
  readonly group: number;
}

/** What changes from step to step. */
export interface Hyper {
  /** One learning rate a layer group. */
  readonly lrs: readonly number[];
  /** Adam's β1, or SGD's momentum. */
  readonly momentum: number;
}

export interface Optimizer {
  readonly id: string;
  /** What it moves; gradients are given in this order. */
  readonly parameters: readonly NamedParameter[];
  /** Steps taken, those left out for an overflow included; part of Adam's bias correction. */
  steps: number;
  /** null: this parameter has no gradient and stays as it is. `scaling`: the gradients are of a scaled loss. */
  step(gradients: readonly (Tensor | null)[], hyper: Hyper, scaling?: LossScale): void;
  /** What must be saved beside the parameters, by name: `exp_avg.0.0.weight`. */
  state(): readonly (readonly [string, Tensor])[];
  /** Frees its memory; the parameters keep theirs. */
  dispose(): void;
}

/** Makes a fresh optimizer over parameters: freezing and thawing make a new one, as in fastai. */
export type MakeOptimizer = (parameters: readonly NamedParameter[]) => Optimizer;
