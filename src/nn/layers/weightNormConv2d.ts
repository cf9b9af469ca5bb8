// A convolution under PyTorch's weight_norm: its weight is a direction (weight_v) times a length for each output (weight_g).
import { sqrt, square, sum } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { weightNorm } from "../../kernels/weightNorm";
import type { Init } from "../init";
import { Parameter } from "../parameter";
import { ConvBase } from "./convBase";
import type { ConvGeometry } from "./convBase";

export class WeightNormConv2d extends ConvBase {
  override readonly bias: Parameter;
  readonly length: Parameter;
  readonly direction: Parameter;

  /** `weight` is where training starts; the layer takes it over. */
  constructor(geometry: ConvGeometry, weight: Tensor, init: Init) {
    super(geometry);
    const { outputs } = geometry;
    const length = init.derived([1, 1, 1, outputs], () => sqrt(sum(square(weight), [0, 1, 2], true)));
    this.bias = this.addParameter("bias", new Parameter(init.constant([outputs], 0), "vector", "bias"));
    this.length = this.addParameter("weight_g", new Parameter(length, "conv", "weight"));
    this.direction = this.addParameter("weight_v", new Parameter(weight, "conv", "weight"));
  }

  protected override weigh(x: Tensor): Tensor {
    const weight = weightNorm(this.direction.tensor, this.length.tensor);
    const y = this.convolve(x, weight);
    weight.dispose();
    return y;
  }
}
