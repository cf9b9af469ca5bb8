// MobileNetV2 after torchvision (Sandler et al. 2018): narrow ends, wide depthwise middles.
import { add } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { Init } from "../init";
import { BatchNorm } from "../layers/batchNorm";
import { Conv2d } from "../layers/conv2d";
import { GroupedConv2d } from "../layers/groupedConv2d";
import { ReLU6 } from "../layers/relu6";
import { Sequential } from "../layers/sequential";
import { Module } from "../module";
import type { Shape, Visit } from "../module";

/** Expansion, channels, blocks and first stride of every stage (table 2 of the paper). */
const STAGES = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
] as const;

/** The nearest multiple of 8 that is not more than a tenth below. */
function divisible(channels: number): number {
  const rounded = Math.max(8, Math.floor((channels + 4) / 8) * 8);
  return rounded < 0.9 * channels ? rounded + 8 : rounded;
}

interface Step {
  readonly inputs: number;
  readonly outputs: number;
  readonly kernel: 1 | 3;
  readonly stride?: number;
  readonly depthwise?: boolean;
}

function convNormRelu({ inputs, outputs, kernel, stride = 1, depthwise = false }: Step, init: Init): Sequential {
  const geometry = { inputs, outputs, kernel, stride, padding: (kernel - 1) / 2 };
  const conv = depthwise ? new GroupedConv2d({ ...geometry, groups: inputs }, init) : new Conv2d(geometry, init);
  return new Sequential([conv, new BatchNorm("BatchNorm2d", outputs, init), new ReLU6()]);
}

class InvertedResidual extends Module {
  readonly kind = "InvertedResidual";
  readonly #conv: Sequential;
  readonly #joins: boolean;

  constructor(inputs: number, outputs: number, expansion: number, stride: number, init: Init) {
    super();
    this.#joins = stride === 1 && inputs === outputs;
    const wide = inputs * expansion;
    const widen = expansion === 1 ? [] : [convNormRelu({ inputs, outputs: wide, kernel: 1 }, init)];
    const middle = convNormRelu({ inputs: wide, outputs: wide, kernel: 3, stride, depthwise: true }, init);
    const narrow = new Conv2d({ inputs: wide, outputs, kernel: 1 }, init);
    const layers = [...widen, middle, narrow, new BatchNorm("BatchNorm2d", outputs, init)];
    this.#conv = this.add("conv", new Sequential(layers));
  }

  override forward(x: Tensor): Tensor {
    const y = this.#conv.forward(x);
    if (!this.#joins) return y;
    const sum = add(x, y);
    y.dispose();
    return sum;
  }

  override trace(input: Shape, visit: Visit, name: string): Shape {
    return this.#conv.trace(input, visit, `${name}.conv`);
  }
}

/** torchvision's `features`, numbered as there, with all widths times `width`; and how many channels leave it. */
export function mobilenetV2Features(width: number, channels: number, init: Init) {
  let inputs = divisible(32 * width);
  const layers: Module[] = [convNormRelu({ inputs: channels, outputs: inputs, kernel: 3, stride: 2 }, init)];
  for (const [expansion, base, count, stride] of STAGES) {
    const outputs = divisible(base * width);
    for (let i = 0; i < count; i += 1) {
      layers.push(new InvertedResidual(inputs, outputs, expansion, i === 0 ? stride : 1, init));
      inputs = outputs;
    }
  }
  const features = divisible(1280 * Math.max(1, width));
  layers.push(convNormRelu({ inputs, outputs: features, kernel: 1 }, init));
  return { stages: new Sequential(layers), features };
}
