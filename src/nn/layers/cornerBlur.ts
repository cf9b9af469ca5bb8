// fastai's blur against the checkerboard of a pixel shuffle (Sugawara et al. 2018): replication padding and average pooling in one.
import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import { cornerBlur } from "../../kernels/cornerBlur";
import { Layer } from "../module";
import type { Shape } from "../module";

export class CornerBlur extends Layer {
  readonly kind = "AvgPool2d";

  override forward(x: Tensor): Tensor {
    return cornerBlur(x as Tensor4D);
  }

  override outputShape(input: Shape): Shape {
    return input;
  }
}
