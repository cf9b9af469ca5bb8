// Four channels become the four pixels of a 2×2 square, [B, H, W, 4C] → [B, 2H, 2W, C].
import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import { pixelShuffle } from "../../kernels/pixelShuffle";
import { Layer } from "../module";
import type { Shape } from "../module";

export class PixelShuffle extends Layer {
  readonly kind = "PixelShuffle";

  override forward(x: Tensor): Tensor {
    return pixelShuffle(x as Tensor4D);
  }

  override outputShape([height = 1, width = 1, channels = 4]: Shape): Shape {
    return [2 * height, 2 * width, channels / 4];
  }
}
