// Every channel's maximum, then its mean, [B, H, W, C] → [B, 2C] or of each of g×g places (fastai's AdaptiveConcatPool2d, flattened already).
import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import { gridConcatPool } from "../../kernels/gridConcatPool";
import { Layer } from "../module";
import type { Shape } from "../module";

export class AdaptiveConcatPool2d extends Layer {
  readonly kind = "AdaptiveConcatPool2d";
  readonly #grid: number;

  constructor(grid = 1) {
    super();
    this.#grid = grid;
  }

  override forward(x: Tensor): Tensor {
    return gridConcatPool(x as Tensor4D, this.#grid);
  }

  override outputShape(input: Shape): Shape {
    return [2 * (input.at(-1) as number) * this.#grid ** 2];
  }
}
