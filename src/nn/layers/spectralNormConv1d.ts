// fastai's conv1d of kernel 1 under spectral_norm: one matrix for every place, [B, N, in] → [B, N, out].
import { matMul, reshape } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor2D } from "@tensorflow/tfjs-core";
import "../../kernels/matMul";
import { spectralNorm } from "../../kernels/spectralNorm";
import type { Init } from "../init";
import { Layer } from "../module";
import type { Shape } from "../module";
import { Parameter } from "../parameter";
import { singularVectors } from "./singularVectors";
import type { SingularVectors } from "./singularVectors";

export class SpectralNormConv1d extends Layer {
  readonly kind = "Conv1d";
  readonly original: Parameter;
  readonly #vectors: SingularVectors;

  constructor(inputs: number, outputs: number, init: Init) {
    super();
    const weight = init.weight([1, inputs, outputs], { in: inputs, out: outputs });
    this.original = this.addParameter("weight_orig", new Parameter(weight, "conv", "weight"));
    this.#vectors = singularVectors(outputs, inputs, init);
    this.addBuffer("weight_u", { kind: "tensor", tensor: this.#vectors.u });
    this.addBuffer("weight_v", { kind: "tensor", tensor: this.#vectors.v });
  }

  override forward(x: Tensor): Tensor {
    const [batch = 0, places = 0, inputs = 0] = x.shape;
    const outputs = this.original.tensor.shape[2] as number;
    const weight = spectralNorm(this.original.tensor, { ...this.#vectors, taps: 1, training: this.training });
    const flat: Tensor2D = reshape(x, [batch * places, inputs]);
    return reshape(matMul(flat, reshape(weight, [inputs, outputs])), [batch, places, outputs]);
  }

  override outputShape([places = 1]: Shape): Shape {
    return [places, this.original.tensor.shape[2] as number];
  }

  override macs([places = 1]: Shape): number {
    return places * this.original.size;
  }
}
