// fastai's res_block: two convolutions and the sum with what went in.
import { add } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { Init } from "../../init";
import { Sequential } from "../../layers/sequential";
import { Module } from "../../module";
import type { Shape, Visit } from "../../module";
import { convLayer } from "./convLayer";
import type { ConvNorm } from "./convLayer";

export class ResBlock extends Module {
  readonly kind = "SequentialEx";
  readonly #layers: Sequential;

  /** `inner`: channels between the two convolutions. */
  constructor(channels: number, inner: number, norm: ConvNorm, init: Init) {
    super();
    // The branch starts at nothing where there is a batch norm, so that the block starts as an identity.
    const second: ConvNorm = norm === "batch" ? "batchZero" : norm;
    this.#layers = this.add(
      "layers",
      new Sequential([
        convLayer({ inputs: channels, outputs: inner, norm }, init),
        convLayer({ inputs: inner, outputs: channels, norm: second }, init),
      ]),
    );
  }

  override forward(x: Tensor): Tensor {
    const branch = this.#layers.forward(x);
    const y = add(branch, x);
    branch.dispose();
    return y;
  }

  override trace(input: Shape, visit: Visit, name: string): Shape {
    return this.#layers.trace(input, visit, `${name}.layers`);
  }
}
