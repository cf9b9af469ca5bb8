// The optimizers one can choose, each describing itself.
import type { Described, ParamSpec, ParamValue } from "../spec/params";
import { adam, adamw } from "./adam";
import type { MakeOptimizer } from "./optimizer";
import { rmsprop } from "./rmsprop";
import { sgd } from "./sgd";

export interface OptimizerEntry extends Described {
  /** `options` hold the fields of `params`, complete. */
  make(options: Readonly<Record<string, ParamValue>>): MakeOptimizer;
}

const wd: ParamSpec = {
  kind: "number",
  id: "wd",
  label: "Weight decay",
  help: "Pulls all weights a little towards zero at every step, which keeps the model simple. 0.01 is a good value nearly always.",
  default: 0.01,
  min: 0,
  max: 1,
  step: 0.001,
};

const trueWd = (value: boolean): ParamSpec => ({
  kind: "boolean",
  id: "trueWd",
  label: "Decay apart from the gradient",
  help: "On: weights shrink by a fixed share at every step (fastai's true_wd). Off: an L2 penalty is added to the gradient, PyTorch's weight_decay.",
  default: value,
  advanced: true,
});

const bnWd: ParamSpec = {
  kind: "boolean",
  id: "bnWd",
  label: "Decay batch norms and biases too",
  help: "On in fastai. Off leaves the scale and shift of the normalisation layers alone.",
  default: true,
  advanced: true,
};

const clip: ParamSpec = {
  kind: "number",
  id: "clip",
  label: "Gradient clipping",
  help: "Shortens the gradient when it is longer than this, which tames sudden jumps of the loss. 0 turns it off.",
  default: 0,
  min: 0,
  max: 100,
  step: 0.1,
  advanced: true,
};

const sqrMom: ParamSpec = {
  kind: "number",
  id: "sqrMom",
  label: "Memory of squared gradients (β2)",
  help: "How slowly it is forgotten how large gradients have been. fastai uses 0.99.",
  default: 0.99,
  min: 0.5,
  max: 0.9999,
  step: 0.001,
  advanced: true,
};

const eps: ParamSpec = {
  kind: "number",
  id: "eps",
  label: "Epsilon",
  help: "A small number that keeps the step from dividing by zero.",
  default: 1e-8,
  min: 1e-12,
  max: 0.1,
  step: 1e-8,
  log: true,
  advanced: true,
};

type Options = Readonly<Record<string, ParamValue>>;

const decayOf = (options: Options) => ({
  wd: Number(options["wd"]),
  bnWd: options["bnWd"] === true,
  clip: Number(options["clip"]),
});

const adaptiveOf = (options: Options) => ({ sqrMom: Number(options["sqrMom"]), eps: Number(options["eps"]) });

/** Every optimizer, in the order of the menu. */
export const OPTIMIZERS: readonly OptimizerEntry[] = [
  {
    id: "adamw",
    label: "AdamW",
    help: "Adapts the step of every weight to the size of its gradients. fastai's default, and rarely a wrong choice.",
    params: [wd, sqrMom, eps, bnWd, clip],
    make: (options) => adamw({ ...decayOf(options), ...adaptiveOf(options) }),
  },
  {
    id: "adam",
    label: "Adam",
    help: "AdamW's older form: weight decay is part of the gradient, so that weights with large gradients decay less.",
    params: [wd, sqrMom, eps, trueWd(false), bnWd, clip],
    make: (options) => adam({ ...decayOf(options), ...adaptiveOf(options), trueWd: options["trueWd"] === true }),
  },
  {
    id: "sgd",
    label: "SGD with momentum",
    help: "The plain method: one step size for all weights. Needs a larger learning rate than AdamW and more care.",
    params: [wd, trueWd(true), bnWd, clip],
    make: (options) => sgd({ ...decayOf(options), trueWd: options["trueWd"] === true }),
  },
  {
    id: "rmsprop",
    label: "RMSProp",
    help: "Divides each step by the recent size of the gradients, with momentum after that. Older than Adam, and steady on recurrent networks.",
    params: [wd, sqrMom, eps, trueWd(true), bnWd, clip],
    make: (options) => rmsprop({ ...decayOf(options), ...adaptiveOf(options), trueWd: options["trueWd"] === true }),
  },
];
