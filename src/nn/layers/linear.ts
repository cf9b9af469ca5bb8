// A fully connected layer, [B, in] → [B, out].
import { add, matMul } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import "../../kernels/columnSum";
import "../../kernels/matMul";
import type { Init } from "../init";
import { Layer } from "../module";
import type { Shape } from "../module";
import { Parameter } from "../parameter";

export class Linear extends Layer {
  readonly kind = "Linear";
  readonly weight: Parameter;
  readonly bias: Parameter;

  constructor(inputs: number, outputs: number, init: Init) {
    super();
    const weight = init.weight([inputs, outputs], { in: inputs, out: outputs });
    this.weight = this.addParameter("weight", new Parameter(weight, "linear", "weight"));
    this.bias = this.addParameter("bias", new Parameter(init.constant([outputs], 0), "vector", "bias"));
  }

  override forward(x: Tensor): Tensor {
    return add(matMul(x, this.weight.tensor), this.bias.tensor);
  }

  override outputShape(_input: Shape): Shape {
    return [this.weight.tensor.shape[1] as number];
  }

  override macs(): number {
    return this.weight.size;
  }
}
