// SqueezeNet 1.1 after torchvision (Iandola et al. 2016): fire modules squeeze to few channels and expand again.
import { concat, type Tensor } from "@tensorflow/tfjs-core";
import type { Init } from "../init";
import { Conv2d } from "../layers/conv2d";
import { MaxPool2d } from "../layers/maxPool2d";
import { ReLU } from "../layers/relu";
import { Sequential } from "../layers/sequential";
import { Module, type Shape, type Visit } from "../module";

/** [B, H, W, inputs] → [B, H, W, 2 · expand]. */
class Fire extends Module {
  readonly kind = "Fire";
  readonly #squeeze: Conv2d;
  readonly #narrow: Conv2d;
  readonly #wide: Conv2d;

  constructor(inputs: number, squeeze: number, expand: number, init: Init) {
    super();
    this.#squeeze = this.add("squeeze", new Conv2d({ inputs, outputs: squeeze, kernel: 1, bias: true }, init));
    this.#narrow = this.add("expand1x1", new Conv2d({ inputs: squeeze, outputs: expand, kernel: 1, bias: true }, init));
    this.#wide = this.add(
      "expand3x3",
      new Conv2d({ inputs: squeeze, outputs: expand, kernel: 3, padding: 1, bias: true }, init),
    );
  }

  override forward(x: Tensor): Tensor {
    const squeezed = this.#squeeze.forward(x, { relu: true });
    const expanded = [this.#narrow, this.#wide].map((conv) => conv.forward(squeezed, { relu: true }));
    const y = concat(expanded, 3);
    for (const part of [squeezed, ...expanded]) part.dispose();
    return y;
  }

  override trace(input: Shape, visit: Visit, name: string): Shape {
    const squeezed = this.#squeeze.trace(input, visit, `${name}.squeeze`);
    const [height = 1, width = 1, narrow = 0] = this.#narrow.trace(squeezed, visit, `${name}.expand1x1`);
    const [, , wide = 0] = this.#wide.trace(squeezed, visit, `${name}.expand3x3`);
    return [height, width, narrow + wide];
  }
}

/** Channels that leave `features`. */
export const SQUEEZENET_FEATURES = 512;

/** torchvision's `features`, numbered as there: [B, H, W, channels] → [B, ~H/16, ~W/16, 512]. */
export function squeezenetFeatures(channels: number, init: Init): Sequential {
  const pool = () => new MaxPool2d({ kernel: 3, stride: 2, padding: 0, ceil: true });
  return new Sequential([
    new Conv2d({ inputs: channels, outputs: 64, kernel: 3, stride: 2, bias: true }, init),
    new ReLU(),
    pool(),
    new Fire(64, 16, 64, init),
    new Fire(128, 16, 64, init),
    pool(),
    new Fire(128, 32, 128, init),
    new Fire(256, 32, 128, init),
    pool(),
    new Fire(256, 48, 192, init),
    new Fire(384, 48, 192, init),
    new Fire(384, 64, 256, init),
    new Fire(512, 64, 256, init),
  ]);
}
