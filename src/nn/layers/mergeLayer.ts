// Puts an earlier tensor beside the channels of a later one (fastai's dense MergeLayer).
import { concat } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { Layer } from "../module";
import type { Shape } from "../module";

export class MergeLayer extends Layer {
  readonly kind = "MergeLayer";
  readonly #channels: number;

  /** `channels`: how many the earlier tensor has. */
  constructor(channels: number) {
    super();
    this.#channels = channels;
  }

  override forward(x: Tensor, earlier: Tensor = x): Tensor {
    return concat([x, earlier], -1);
  }

  override outputShape([height = 1, width = 1, channels = 1]: Shape): Shape {
    return [height, width, channels + this.#channels];
  }
}
