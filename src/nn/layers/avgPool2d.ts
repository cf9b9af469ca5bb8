// The mean of every window of its own size; what is left over at the far edges is dropped, as in PyTorch.
import { avgPool } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import { Layer } from "../module";
import type { Shape } from "../module";

export class AvgPool2d extends Layer {
  readonly kind = "AvgPool2d";
  readonly #kernel: number;

  constructor(kernel: number) {
    super();
    this.#kernel = kernel;
  }

  override forward(x: Tensor): Tensor {
    // Only without padding is tfjs's gradient of it right.
    return avgPool(x as Tensor4D, this.#kernel, this.#kernel, "valid");
  }

  override outputShape([height = 1, width = 1, channels = 1]: Shape): Shape {
    return [Math.floor(height / this.#kernel), Math.floor(width / this.#kernel), channels];
  }
}
