// What both blocks of a ResNet share: a chain of convolutions with batch norm, added to a shortcut, then ReLU (He et al. 2015).
import type { Tensor } from "@tensorflow/tfjs-core";
import type { Init } from "../init";
import { BatchNorm } from "../layers/batchNorm";
import { Conv2d } from "../layers/conv2d";
import { Sequential } from "../layers/sequential";
import { Module } from "../module";
import type { Shape, Visit } from "../module";

export interface ConvStep {
  readonly outputs: number;
  readonly kernel: 1 | 3;
  readonly stride: number;
}

/** Steps are called conv1, bn1, conv2, bn2, …; the shortcut `downsample` where the shape changes, as in torchvision. */
export class ResidualBlock extends Module {
  readonly kind: "BasicBlock" | "Bottleneck";
  readonly outputs: number;
  readonly #steps: readonly { readonly conv: Conv2d; readonly norm: BatchNorm }[];
  readonly #downsample: { readonly conv: Conv2d; readonly norm: BatchNorm; readonly both: Sequential } | null;

  constructor(kind: "BasicBlock" | "Bottleneck", inputs: number, steps: readonly ConvStep[], init: Init) {
    super();
    this.kind = kind;
    let width = inputs;
    this.#steps = steps.map(({ outputs, kernel, stride }, i) => {
      const padding = kernel === 3 ? 1 : 0;
      const conv = new Conv2d({ inputs: width, outputs, kernel, stride, padding }, init);
      this.add(`conv${i + 1}`, conv);
      width = outputs;
      return { conv, norm: this.add(`bn${i + 1}`, new BatchNorm("BatchNorm2d", outputs, init)) };
    });
    this.outputs = width;
    const stride = steps.reduce((product, step) => product * step.stride, 1);
    this.#downsample = stride === 1 && inputs === width ? null : this.#addDownsample(inputs, width, stride, init);
  }

  #addDownsample(inputs: number, outputs: number, stride: number, init: Init) {
    const conv = new Conv2d({ inputs, outputs, kernel: 1, stride }, init);
    const norm = new BatchNorm("BatchNorm2d", outputs, init);
    return { conv, norm, both: this.add("downsample", new Sequential([conv, norm])) };
  }

  override forward(x: Tensor): Tensor {
    const residual = this.#downsample ? this.#downsample.both.forward(x) : x;
    const last = this.#steps.length - 1;
    let y = x;
    // [B, H, W, in] → [B, H/stride, W/stride, outputs]; what a gradient needs of the steps between, it holds itself.
    this.#steps.forEach(({ conv, norm }, i) => {
      const mixed = conv.forward(y);
      if (y !== x) y.dispose();
      y = norm.forward(mixed, i === last ? { relu: true, residual } : { relu: true });
      mixed.dispose();
    });
    if (residual !== x) residual.dispose();
    return y;
  }

  override trace(input: Shape, visit: Visit, name: string): Shape {
    const at = (child: string) => (name === "" ? child : `${name}.${child}`);
    let shape = input;
    this.#steps.forEach(({ conv, norm }, i) => {
      shape = conv.trace(shape, visit, at(`conv${i + 1}`));
      shape = norm.trace(shape, visit, at(`bn${i + 1}`));
    });
    this.#downsample?.both.trace(input, visit, at("downsample"));
    return shape;
  }
}
