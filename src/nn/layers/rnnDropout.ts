// Dropout with one mask for all steps of a sequence (fastai's RNNDropout), [B, T, C] → [B, T, C].
import type { Tensor, Tensor3D } from "@tensorflow/tfjs-core";
import { sequenceDropout } from "../../kernels/sequenceDropout";
import type { Shape } from "../module";
import { Masking } from "./masking";

export class RnnDropout extends Masking {
  readonly kind = "RNNDropout";
  readonly p: number;

  constructor(p: number) {
    super();
    this.p = p;
  }

  override forward(x: Tensor): Tensor {
    return this.training && this.p > 0 ? sequenceDropout(x as Tensor3D, { p: this.p, ...this.draw() }) : x;
  }

  override outputShape(input: Shape): Shape {
    return input;
  }
}
