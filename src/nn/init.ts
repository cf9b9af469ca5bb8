// How fresh parameters are filled: He et al. 2015 from a seed, the same numbers whatever the backend.
import { engine } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { Rng } from "../base/rng";
import { activeCpu, activeGpu } from "../tensor/backend";
import { randomNormal, randomUniform } from "../tensor/random";
import { scope } from "../tensor/scope";
import { tensorOf } from "../tensor/writeTensor";

export interface Init {
  /** A weight that mixes `fan.in` values into each of its outputs and is read by `fan.out`. */
  weight(shape: readonly number[], fan: { readonly in: number; readonly out: number }): Tensor;
  /** Evenly between −bound and bound. */
  uniform(shape: readonly number[], bound: number): Tensor;
  constant(shape: readonly number[], value: number): Tensor;
  /** What is computed from other fresh parameters, such as the length of a weight; everything else `make` makes is freed. */
  derived(shape: readonly number[], make: () => Tensor): Tensor;
}

function filled(shape: readonly number[], value: number): Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  return tensorOf(new Float32Array(size).fill(value), shape, "float32");
}

/** N(0, 2 / fan): torchvision's ResNets use "out", fastai's head "in". One draw of `rng` a weight tensor. */
export function kaimingNormal(rng: Rng, mode: "in" | "out"): Init {
  return {
    weight: (shape, fan) => randomNormal(shape, { seed: rng.bits(), std: Math.sqrt(2 / fan[mode]) }),
    uniform: (shape, bound) => randomUniform(shape, { seed: rng.bits(), low: -bound, high: bound }),
    constant: filled,
    derived: (_shape, make) => scope("init", make),
  };
}

function unfilled(shape: readonly number[]): Tensor {
  const backend = activeGpu() ?? activeCpu();
  if (!backend) throw new Error("open a device first");
  return engine().makeTensorFromTensorInfo(backend.makeTensorInfo([...shape], "float32"));
}

/** Parameters that have a shape and no memory: for describing a model without making it. */
export const shapesOnly: Init = { weight: unfilled, uniform: unfilled, constant: unfilled, derived: unfilled };

/** The same, but normal weights by what they read: torchvision's DenseNet. */
export const byFanIn = (init: Init): Init => ({
  ...init,
  weight: (shape, fan) => init.weight(shape, { in: fan.in, out: fan.in }),
});

/** PyTorch's `kaiming_uniform_`: torchvision's SqueezeNet. */
export const kaimingUniform = (init: Init): Init => ({
  ...init,
  weight: (shape, fan) => init.uniform(shape, Math.sqrt(6 / fan.in)),
});

/** What PyTorch gives a convolution that nobody initialises, bias included; for one that reads `fanIn` values. */
export function torchDefault(init: Init, fanIn: number): Init {
  const uniform = (shape: readonly number[]) => init.uniform(shape, 1 / Math.sqrt(fanIn));
  return { ...init, weight: uniform, constant: uniform };
}
