// Every channel's maximum, then its mean, [B, H, W, C] → [B, 2C] (fastai's AdaptiveConcatPool2d, flattened already).
import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import { globalConcatPool } from "../../kernels/globalConcatPool";
import { Layer } from "../module";
import type { Shape } from "../module";

export class AdaptiveConcatPool2d extends Layer {
  readonly kind = "AdaptiveConcatPool2d";

  override forward(x: Tensor): Tensor {
    return globalConcatPool(x as Tensor4D);
  }

  override outputShape(input: Shape): Shape {
    return [2 * (input.at(-1) as number)];
  }
}
