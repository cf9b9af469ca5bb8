// A table of vectors, one for each token (PyTorch's Embedding).
import type { Tensor, Tensor2D } from "@tensorflow/tfjs-core";
import { embedding } from "../../kernels/embedding";
import { Layer } from "../module";
import type { Shape } from "../module";
import { Parameter } from "../parameter";
import type { RecurrentInit } from "../recurrentInit";

/** fastai's `initrange`. */
const range = 0.1;

export class Embedding extends Layer {
  readonly kind = "Embedding";
  readonly weight: Parameter;
  /** Token whose vector gets no gradient. */
  readonly padding: number;

  constructor(vocab: number, size: number, padding: number, init: RecurrentInit) {
    super();
    this.padding = padding;
    // [V, E] here and in PyTorch.
    this.weight = this.addParameter("weight", new Parameter(init.uniform([vocab, size], range), "vector", "weight"));
  }

  /** ids int32 [B, T] → [B, T, E]. */
  override forward(ids: Tensor): Tensor {
    return embedding(this.weight.tensor as Tensor2D, ids, { padding: this.padding });
  }

  override outputShape(input: Shape): Shape {
    return [...input, this.weight.tensor.shape[1] as number];
  }
}
