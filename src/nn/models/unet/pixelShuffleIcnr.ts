// fastai's PixelShuffle_ICNR: a 1×1 convolution to four times the channels, ReLU, and a shuffle to twice the size.
import type { Tensor } from "@tensorflow/tfjs-core";
import type { Init } from "../../init";
import { CornerBlur } from "../../layers/cornerBlur";
import { PixelShuffle } from "../../layers/pixelShuffle";
import { ReLU } from "../../layers/relu";
import { Sequential } from "../../layers/sequential";
import { Module } from "../../module";
import type { Shape, Visit } from "../../module";
import { convLayer } from "./convLayer";
import type { ConvNorm } from "./convLayer";

export interface PixelShuffleOptions {
  readonly inputs: number;
  readonly outputs: number;
  readonly norm: ConvNorm;
  readonly blur?: boolean;
}

export class PixelShuffleIcnr extends Module {
  readonly kind = "PixelShuffle_ICNR";
  readonly #steps: Sequential;
  readonly #conv: Sequential;
  readonly #after: readonly (readonly [string, Module])[];

  constructor({ inputs, outputs, norm, blur = false }: PixelShuffleOptions, init: Init) {
    super();
    const four = { inputs, outputs: 4 * outputs, kernel: 1, norm, activation: false, icnr: true } as const;
    this.#conv = this.add("conv", convLayer(four, init));
    const shuf = this.add("shuf", new PixelShuffle());
    this.#after = [["relu", new ReLU()], ["shuf", shuf], ...(blur ? [["blur", this.add("blur", new CornerBlur())] as const] : [])]; // prettier-ignore
    // One chain, so that the ReLU runs inside what is before it.
    this.#steps = new Sequential([...this.#conv.layers, ...this.#after.map(([, module]) => module)]);
  }

  override forward(x: Tensor): Tensor {
    return this.#steps.forward(x);
  }

  override trace(input: Shape, visit: Visit, name: string): Shape {
    let shape = this.#conv.trace(input, visit, `${name}.conv`);
    for (const [child, module] of this.#after) shape = module.trace(shape, visit, `${name}.${child}`);
    return shape;
  }
}
