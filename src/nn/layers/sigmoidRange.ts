// Squeezes outputs between two numbers (fastai's y_range): σ(x)·(high − low) + low.
import { add, mul, sigmoid } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { Layer } from "../module";
import type { Shape } from "../module";

export class SigmoidRange extends Layer {
  readonly kind = "SigmoidRange";
  readonly range: readonly [number, number];

  constructor(range: readonly [number, number]) {
    super();
    this.range = range;
  }

  override forward(x: Tensor): Tensor {
    const [low, high] = this.range;
    return add(mul(sigmoid(x), high - low), low);
  }

  override outputShape(input: Shape): Shape {
    return input;
  }
}
