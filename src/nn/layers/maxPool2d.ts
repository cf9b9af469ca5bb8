// The maximum of every window; padding counts as −∞, as in PyTorch.
import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import { maxPool, poolSize } from "../../kernels/maxPool";
import { Layer } from "../module";
import type { Shape } from "../module";

export interface MaxPool2dOptions {
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
  /** A last window may reach over the edge (`ceil_mode`). */
  readonly ceil?: boolean;
}

export class MaxPool2d extends Layer {
  readonly kind = "MaxPool2d";
  readonly options: MaxPool2dOptions;

  constructor(options: MaxPool2dOptions) {
    super();
    this.options = options;
  }

  override forward(x: Tensor): Tensor {
    const { kernel, stride, padding, ceil = false } = this.options;
    return maxPool(x as Tensor4D, { kernel, stride, pad: padding, ceil });
  }

  override outputShape([height = 1, width = 1, channels = 1]: Shape): Shape {
    const { kernel, stride, padding: pad, ceil = false } = this.options;
    const after = (size: number) => poolSize(size, { kernel, stride, pad, ceil });
    return [after(height), after(width), channels];
  }
}
