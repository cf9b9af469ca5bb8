// A convolution with its weight as it is, [B, H, W, in] → [B, H', W', out].
import type { Tensor } from "@tensorflow/tfjs-core";
import type { Init } from "../init";
import { Parameter } from "../parameter";
import { ConvBase } from "./convBase";
import type { ConvGeometry } from "./convBase";

export interface Conv2dOptions extends ConvGeometry {
  readonly bias?: boolean;
}

export class Conv2d extends ConvBase {
  readonly weight: Parameter;
  override readonly bias: Parameter | null;

  constructor({ bias = false, ...geometry }: Conv2dOptions, init: Init) {
    super(geometry);
    const { inputs, outputs, kernel } = geometry;
    const fan = { in: inputs * kernel * kernel, out: outputs * kernel * kernel };
    const weight = init.weight([kernel, kernel, inputs, outputs], fan);
    this.weight = this.addParameter("weight", new Parameter(weight, "conv", "weight"));
    this.bias = bias ? this.addParameter("bias", new Parameter(init.constant([outputs], 0), "vector", "bias")) : null;
  }

  protected override weigh(x: Tensor): Tensor {
    return this.convolve(x, this.weight.tensor);
  }
}
