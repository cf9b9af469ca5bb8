// Every place looks at every other (Zhang et al. 2019, SAGAN), as fastai's SelfAttention: x + γ·Σ softmax(key·query)·value.
import { add, matMul, mul, reshape, softmax } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor3D } from "@tensorflow/tfjs-core";
import type { Init } from "../init";
import { Module } from "../module";
import type { Shape, Visit } from "../module";
import { Parameter } from "../parameter";
import { SpectralNormConv1d } from "./spectralNormConv1d";

export class SelfAttention extends Module {
  readonly kind = "SelfAttention";
  readonly #query: SpectralNormConv1d;
  readonly #key: SpectralNormConv1d;
  readonly #value: SpectralNormConv1d;
  readonly #gamma: Parameter;

  constructor(channels: number, init: Init) {
    super();
    const inner = Math.floor(channels / 8);
    this.#gamma = this.addParameter("gamma", new Parameter(init.constant([1], 0), "vector", "weight"));
    this.#query = this.add("query", new SpectralNormConv1d(channels, inner, init));
    this.#key = this.add("key", new SpectralNormConv1d(channels, inner, init));
    this.#value = this.add("value", new SpectralNormConv1d(channels, channels, init));
  }

  override forward(x: Tensor): Tensor {
    const [batch = 0, height = 0, width = 0, channels = 0] = x.shape;
    const flat: Tensor3D = reshape(x, [batch, height * width, channels]);
    const query = this.#query.forward(flat);
    const key = this.#key.forward(flat);
    const value = this.#value.forward(flat);
    // [B, places that look, places looked at]: PyTorch's softmax over the first axis of its transpose.
    const attention = softmax(matMul(key, query, false, true));
    const seen = matMul(attention, value);
    return reshape(add(mul(seen, this.#gamma.tensor), flat), x.shape);
  }

  override trace(input: Shape, visit: Visit, name: string): Shape {
    const [height = 1, width = 1, channels = 1] = input;
    const places = height * width;
    this.#query.trace([places, channels], visit, `${name}.query`);
    this.#key.trace([places, channels], visit, `${name}.key`);
    this.#value.trace([places, channels], visit, `${name}.value`);
    // Both products with the square of all places; γ is listed with them.
    const macs = places * places * (Math.floor(channels / 8) + channels);
    visit({ name, layer: this, outputShape: input, macs });
    return input;
  }
}
