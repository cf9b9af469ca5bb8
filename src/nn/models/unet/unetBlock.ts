// One step up of a U-Net: enlarge, put the encoder's features of that size beside, two convolutions (fastai's UnetBlock).
import type { Tensor } from "@tensorflow/tfjs-core";
import type { Init } from "../../init";
import { BatchNorm } from "../../layers/batchNorm";
import { MergeLayer } from "../../layers/mergeLayer";
import { NearestResize } from "../../layers/nearestResize";
import type { Sequential } from "../../layers/sequential";
import { Module } from "../../module";
import type { Shape, Visit } from "../../module";
import { convLayer } from "./convLayer";
import type { ConvNorm } from "./convLayer";
import { PixelShuffleIcnr } from "./pixelShuffleIcnr";

export interface UnetBlockOptions {
  /** Channels from below and from the encoder. */
  readonly inputs: number;
  readonly skip: number;
  /** The last block halves its channels. */
  readonly last: boolean;
  readonly blur: boolean;
  readonly selfAttention: boolean;
  readonly norms: DecoderNorms;
}

export interface DecoderNorms {
  readonly convolution: ConvNorm;
  readonly shuffle: ConvNorm;
}

export class UnetBlock extends Module {
  readonly kind = "UnetBlock";
  readonly outputs: number;
  readonly #shuf: PixelShuffleIcnr;
  readonly #bn: BatchNorm;
  readonly #conv1: Sequential;
  readonly #conv2: Sequential;
  readonly #merge: MergeLayer;
  readonly #resize = new NearestResize();

  constructor({ inputs, skip, last, blur, selfAttention, norms }: UnetBlockOptions, init: Init) {
    super();
    const half = Math.floor(inputs / 2);
    const merged = half + skip;
    this.outputs = last ? Math.floor(merged / 2) : merged;
    const norm = norms.convolution;
    this.#shuf = this.add("shuf", new PixelShuffleIcnr({ inputs, outputs: half, norm: norms.shuffle, blur }, init));
    this.#bn = this.add("bn", new BatchNorm("BatchNorm2d", skip, init, { bias: 1e-3 }));
    this.#merge = new MergeLayer(skip);
    this.#conv1 = this.add("conv1", convLayer({ inputs: merged, outputs: this.outputs, norm }, init));
    const second = { inputs: this.outputs, outputs: this.outputs, norm, selfAttention };
    this.#conv2 = this.add("conv2", convLayer(second, init));
  }

  /** x [B, h, w, inputs] and the encoder's [B, H, W, skip], H about 2h → [B, H, W, outputs]. */
  override forward(x: Tensor, encoded: Tensor = x): Tensor {
    const large = this.#shuf.forward(x);
    const up = this.#resize.forward(large, encoded);
    if (up !== large) large.dispose();
    // What comes from below went through a ReLU already, so fastai's ReLU over both only changes the encoder's part.
    const side = this.#bn.forward(encoded, { relu: true });
    const merged = this.#merge.forward(up, side);
    up.dispose();
    side.dispose();
    const middle = this.#conv1.forward(merged);
    merged.dispose();
    const y = this.#conv2.forward(middle);
    middle.dispose();
    return y;
  }

  /** `encoded`: the shape of what the encoder gives; without it the block only enlarges what comes from below. */
  override trace(input: Shape, visit: Visit, name: string, encoded?: Shape): Shape {
    const large = this.#shuf.trace(input, visit, `${name}.shuf`);
    const [height = 1, width = 1] = encoded ?? large;
    const resized = large[0] === height && large[1] === width ? large : this.#resize.trace([height, width, large[2] ?? 1], visit, `${name}.resize`); // prettier-ignore
    this.#bn.trace([height, width, this.#bn.weight.size], visit, `${name}.bn`);
    const merged = this.#merge.trace(resized, visit, `${name}.merge`);
    return this.#conv2.trace(this.#conv1.trace(merged, visit, `${name}.conv1`), visit, `${name}.conv2`);
  }
}
