// The vectors that spectral normalisation follows the largest singular value with: random directions at first, as in PyTorch.
import { div, norm } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { Init } from "../init";

export interface SingularVectors {
  readonly u: Tensor;
  readonly v: Tensor;
}

function direction(size: number, init: Init): Tensor {
  return init.derived([size], () => {
    const x = init.weight([size], { in: 1, out: 1 });
    return div(x, norm(x));
  });
}

export function singularVectors(outputs: number, inputs: number, init: Init): SingularVectors {
  return { u: direction(outputs, init), v: direction(inputs, init) };
}
