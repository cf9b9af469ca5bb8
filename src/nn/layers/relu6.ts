// min(max(x, 0), 6).
import type { Tensor } from "@tensorflow/tfjs-core";
import { relu6 } from "../../kernels/relu";
import { Layer } from "../module";
import type { Shape } from "../module";

export class ReLU6 extends Layer {
  readonly kind = "ReLU6";

  override forward(x: Tensor): Tensor {
    return relu6(x);
  }

  override outputShape(input: Shape): Shape {
    return input;
  }
}
