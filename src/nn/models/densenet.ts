// DenseNet after torchvision (Huang et al. 2017): every layer sees the outputs of all before it in its block.
import { concat } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { Init } from "../init";
import { AvgPool2d } from "../layers/avgPool2d";
import { BatchNorm } from "../layers/batchNorm";
import { Conv2d } from "../layers/conv2d";
import { MaxPool2d } from "../layers/maxPool2d";
import { ReLU } from "../layers/relu";
import { Sequential } from "../layers/sequential";
import { Module } from "../module";
import type { Shape, Visit } from "../module";

export interface DenseNetConfig {
  /** Channels that every layer adds. */
  readonly growth: number;
  readonly blocks: readonly number[];
  /** Channels after the first convolution. */
  readonly width: number;
  /** How many times `growth` the inner convolutions have. */
  readonly inner: number;
}

export const DENSENET121: DenseNetConfig = { growth: 32, blocks: [6, 12, 24, 16], width: 64, inner: 4 };

/** [B, H, W, inputs] → [B, H, W, inputs + growth]: the new channels behind the old, as a list that is joined would have them. */
class DenseLayer extends Module {
  readonly kind = "_DenseLayer";
  readonly #steps: Sequential;
  readonly #growth: number;

  constructor(inputs: number, { growth, inner }: DenseNetConfig, init: Init) {
    super();
    this.#growth = growth;
    const width = inner * growth;
    const norm1 = this.add("norm1", new BatchNorm("BatchNorm2d", inputs, init));
    const conv1 = this.add("conv1", new Conv2d({ inputs, outputs: width, kernel: 1 }, init));
    const norm2 = this.add("norm2", new BatchNorm("BatchNorm2d", width, init));
    const conv2 = this.add("conv2", new Conv2d({ inputs: width, outputs: growth, kernel: 3, padding: 1 }, init));
    this.#steps = new Sequential([norm1, new ReLU(), conv1, norm2, new ReLU(), conv2]);
  }

  override forward(x: Tensor): Tensor {
    const added = this.#steps.forward(x);
    const y = concat([x, added], -1);
    added.dispose();
    return y;
  }

  override trace(input: Shape, visit: Visit, name: string): Shape {
    let shape = input;
    for (const [child, module] of this.children()) shape = module.trace(shape, visit, `${name}.${child}`);
    const [height = 1, width = 1, channels = 1] = input;
    return [height, width, channels + this.#growth];
  }
}

function denseBlock(count: number, inputs: number, config: DenseNetConfig, init: Init): Sequential {
  const layers = Array.from({ length: count }, (_, i): [string, Module] => [
    `denselayer${i + 1}`,
    new DenseLayer(inputs + i * config.growth, config, init),
  ]);
  return new Sequential(layers);
}

function transition(inputs: number, init: Init): Sequential {
  return new Sequential([
    ["norm", new BatchNorm("BatchNorm2d", inputs, init)],
    ["relu", new ReLU()],
    ["conv", new Conv2d({ inputs, outputs: Math.floor(inputs / 2), kernel: 1 }, init)],
    ["pool", new AvgPool2d(2)],
  ]);
}

/** torchvision's `features` with its names, up to the last norm; and how many channels leave it. */
export function densenetFeatures(config: DenseNetConfig, channels: number, init: Init) {
  const stem = new Conv2d({ inputs: channels, outputs: config.width, kernel: 7, stride: 2, padding: 3 }, init);
  const layers: [string, Module][] = [
    ["conv0", stem],
    ["norm0", new BatchNorm("BatchNorm2d", config.width, init)],
    ["relu0", new ReLU()],
    ["pool0", new MaxPool2d({ kernel: 3, stride: 2, padding: 1 })],
  ];
  let width = config.width;
  config.blocks.forEach((count, i) => {
    layers.push([`denseblock${i + 1}`, denseBlock(count, width, config, init)]);
    width += count * config.growth;
    if (i === config.blocks.length - 1) return;
    layers.push([`transition${i + 1}`, transition(width, init)]);
    width = Math.floor(width / 2);
  });
  layers.push([`norm${config.blocks.length + 1}`, new BatchNorm("BatchNorm2d", width, init)]);
  return { stages: new Sequential(layers), features: width };
}
