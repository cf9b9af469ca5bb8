// The mean of every channel, [B, H, W, C] → [B, C]: torchvision's last pooling, flattened already.
import { mean } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { Layer } from "../module";
import type { Shape } from "../module";

export class AdaptiveAvgPool2d extends Layer {
  readonly kind = "AdaptiveAvgPool2d";

  override forward(x: Tensor): Tensor {
    return mean(x, [1, 2]);
  }

  override outputShape(input: Shape): Shape {
    return [input.at(-1) as number];
  }
}
