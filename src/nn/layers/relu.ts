// max(x, 0).
import type { Tensor } from "@tensorflow/tfjs-core";
import { relu } from "../../kernels/relu";
import { Layer } from "../module";
import type { Shape } from "../module";

export class ReLU extends Layer {
  readonly kind = "ReLU";

  override forward(x: Tensor): Tensor {
    return relu(x);
  }

  override outputShape(input: Shape): Shape {
    return input;
  }
}
