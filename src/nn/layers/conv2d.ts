// A convolution with PyTorch's symmetric padding, [B, H, W, in] → [B, H', W', out].
import { add, conv2d } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import "../../kernels/convolution";
import type { Init } from "../init";
import { Layer } from "../module";
import type { Shape } from "../module";
import { Parameter } from "../parameter";

export interface Conv2dOptions {
  readonly inputs: number;
  readonly outputs: number;
  readonly kernel: number;
  readonly stride?: number;
  readonly padding?: number;
  readonly bias?: boolean;
}

export class Conv2d extends Layer {
  readonly kind = "Conv2d";
  readonly weight: Parameter;
  readonly bias: Parameter | null;
  readonly stride: number;
  readonly padding: number;

  constructor({ inputs, outputs, kernel, stride = 1, padding = 0, bias = false }: Conv2dOptions, init: Init) {
    super();
    this.stride = stride;
    this.padding = padding;
    const fan = { in: inputs * kernel * kernel, out: outputs * kernel * kernel };
    const weight = init.weight([kernel, kernel, inputs, outputs], fan);
    this.weight = this.addParameter("weight", new Parameter(weight, "conv", "weight"));
    this.bias = bias ? this.addParameter("bias", new Parameter(init.constant([outputs], 0), "vector", "bias")) : null;
  }

  override forward(x: Tensor): Tensor {
    const p = this.padding;
    const pad = p === 0 ? "valid" : ([[0, 0], [p, p], [p, p], [0, 0]] as [[number, number], [number, number], [number, number], [number, number]]); // prettier-ignore
    const y = conv2d(x as Tensor4D, this.weight.tensor as Tensor4D, this.stride, pad);
    return this.bias ? add(y, this.bias.tensor) : y;
  }

  override outputShape([height = 1, width = 1]: Shape): Shape {
    const [kernel = 1, , , outputs = 1] = this.weight.tensor.shape;
    const after = (size: number) => Math.floor((size + 2 * this.padding - kernel) / this.stride) + 1;
    return [after(height), after(width), outputs];
  }

  override macs(input: Shape): number {
    const [height = 1, width = 1] = this.outputShape(input);
    return height * width * this.weight.size;
  }
}
