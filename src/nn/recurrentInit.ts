// How fresh parameters of text models are filled: uniform numbers, as PyTorch's LSTM, Embedding and Linear do.
import type { Tensor } from "@tensorflow/tfjs-core";
import type { Rng } from "../base/rng";
import { randomUniform } from "../tensor/random";
import { tensorOf } from "../tensor/writeTensor";
import { shapesOnly } from "./init";
import type { Init } from "./init";

export interface RecurrentInit {
  /** Uniform in [−bound, bound). */
  uniform(shape: readonly number[], bound: number): Tensor;
  constant(shape: readonly number[], value: number): Tensor;
}

/** One draw of `rng` a tensor. */
export function recurrentInit(rng: Rng): RecurrentInit {
  return {
    uniform: (shape, bound) => randomUniform(shape, { seed: rng.bits(), low: -bound, high: bound }),
    constant(shape, value) {
      const size = shape.reduce((product, length) => product * length, 1);
      return tensorOf(new Float32Array(size).fill(value), shape, "float32");
    },
  };
}

/** Shapes without memory or numbers. */
export const recurrentShapesOnly: RecurrentInit = {
  uniform: (shape) => shapesOnly.weight(shape, { in: 1, out: 1 }),
  constant: (shape, value) => shapesOnly.constant(shape, value),
};

/** The same for layers that take an `Init`: PyTorch's Linear is uniform within 1 / √inputs. */
export function linearInit(init: RecurrentInit): Init {
  return {
    weight: (shape, fan) => init.uniform(shape, 1 / Math.sqrt(fan.in)),
    uniform: (shape, bound) => init.uniform(shape, bound),
    constant: (shape, value) => init.constant(shape, value),
    derived: (shape) => {
      throw new Error(`no layer of a text model derives a parameter [${shape}]`);
    },
  };
}
