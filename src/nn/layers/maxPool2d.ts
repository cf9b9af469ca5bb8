// The maximum of every window; padding counts as −∞, as in PyTorch.
import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import { maxPool } from "../../kernels/maxPool";
import { Layer } from "../module";
import type { Shape } from "../module";

export interface MaxPool2dOptions {
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
}

export class MaxPool2d extends Layer {
  readonly kind = "MaxPool2d";
  readonly options: MaxPool2dOptions;

  constructor(options: MaxPool2dOptions) {
    super();
    this.options = options;
  }

  override forward(x: Tensor): Tensor {
    const { kernel, stride, padding } = this.options;
    return maxPool(x as Tensor4D, { kernel, stride, pad: padding });
  }

  override outputShape([height = 1, width = 1, channels = 1]: Shape): Shape {
    const { kernel, stride, padding } = this.options;
    const after = (size: number) => Math.floor((size + 2 * padding - kernel) / stride) + 1;
    return [after(height), after(width), channels];
  }
}
