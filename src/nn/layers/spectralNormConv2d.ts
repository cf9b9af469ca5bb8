// A convolution under PyTorch's spectral_norm: its weight is divided by its largest singular value.
import type { Tensor } from "@tensorflow/tfjs-core";
import { spectralNorm } from "../../kernels/spectralNorm";
import type { Init } from "../init";
import { Parameter } from "../parameter";
import { ConvBase } from "./convBase";
import type { ConvGeometry } from "./convBase";
import { singularVectors } from "./singularVectors";
import type { SingularVectors } from "./singularVectors";

export class SpectralNormConv2d extends ConvBase {
  override readonly bias: Parameter;
  readonly original: Parameter;
  readonly #vectors: SingularVectors;

  /** `weight` is where training starts; the layer takes it over. */
  constructor(geometry: ConvGeometry, weight: Tensor, init: Init) {
    super(geometry);
    const { inputs, outputs, kernel } = geometry;
    this.bias = this.addParameter("bias", new Parameter(init.constant([outputs], 0), "vector", "bias"));
    this.original = this.addParameter("weight_orig", new Parameter(weight, "conv", "weight"));
    this.#vectors = singularVectors(outputs, inputs * kernel * kernel, init);
    this.addBuffer("weight_u", { kind: "tensor", tensor: this.#vectors.u });
    this.addBuffer("weight_v", { kind: "tensor", tensor: this.#vectors.v });
  }

  protected override weigh(x: Tensor): Tensor {
    const taps = this.geometry.kernel ** 2;
    const weight = spectralNorm(this.original.tensor, { ...this.#vectors, taps, training: this.training });
    const y = this.convolve(x, weight);
    weight.dispose();
    return y;
  }
}
