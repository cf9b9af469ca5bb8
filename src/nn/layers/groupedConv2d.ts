// A convolution in groups without bias, [B, H, W, in] → [B, H', W', out]; as many groups as channels: depthwise.
import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import { groupedConvolution } from "../../kernels/groupedConvolution";
import type { Init } from "../init";
import type { Shape } from "../module";
import { Parameter } from "../parameter";
import { ConvBase } from "./convBase";
import type { ConvGeometry } from "./convBase";

export class GroupedConv2d extends ConvBase {
  readonly weight: Parameter;
  override readonly bias = null;
  readonly #groups: number;

  constructor(geometry: ConvGeometry & { readonly groups: number }, init: Init) {
    super(geometry);
    const { inputs, outputs, kernel, groups } = geometry;
    this.#groups = groups;
    const own = inputs / groups;
    // PyTorch's fan_out counts all outputs, whatever group they are in.
    const weight = init.weight([kernel, kernel, own, outputs], { in: own * kernel ** 2, out: outputs * kernel ** 2 });
    this.weight = this.addParameter("weight", new Parameter(weight, "conv", "weight"));
  }

  protected override weigh(x: Tensor): Tensor {
    const { stride, padding: pad } = this.geometry;
    return groupedConvolution(x as Tensor4D, this.weight.tensor as Tensor4D, { stride, pad, groups: this.#groups });
  }

  override macs(input: Shape): number {
    return super.macs(input) / this.#groups;
  }
}
