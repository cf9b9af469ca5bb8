// Residual networks after torchvision (He et al. 2015): every depth and width by one description.
import type { Init } from "../init";
import { AdaptiveAvgPool2d } from "../layers/adaptiveAvgPool2d";
import { BatchNorm } from "../layers/batchNorm";
import { Conv2d } from "../layers/conv2d";
import { Flatten } from "../layers/flatten";
import { Identity } from "../layers/identity";
import { Linear } from "../layers/linear";
import { MaxPool2d } from "../layers/maxPool2d";
import { ReLU } from "../layers/relu";
import { Sequential } from "../layers/sequential";
import type { Module } from "../module";
import { ResidualBlock } from "./residualBlock";

export interface ResNetConfig {
  readonly block: "BasicBlock" | "Bottleneck";
  /** Blocks in layer1 … layer4. */
  readonly blocks: readonly [number, number, number, number];
  /** Channels after the stem; each layer doubles them. */
  readonly width: number;
  readonly stem: { readonly kernel: number; readonly stride: number; readonly pool: boolean };
  readonly channels: number;
}

const expansion = { BasicBlock: 1, Bottleneck: 4 } as const;

/** Channels that leave layer4. */
export function resnetFeatures(config: ResNetConfig): number {
  return config.width * 8 * expansion[config.block];
}

function makeLayer(config: ResNetConfig, inputs: number, index: number, init: Init): Sequential {
  const width = config.width * 2 ** index;
  const outputs = width * expansion[config.block];
  const blocks = Array.from({ length: config.blocks[index] as number }, (_, i) => {
    const stride = i === 0 && index > 0 ? 2 : 1;
    const from = i === 0 ? inputs : outputs;
    if (config.block === "BasicBlock") {
      const steps = [{ outputs: width, kernel: 3, stride }, { outputs, kernel: 3, stride: 1 }] as const; // prettier-ignore
      return new ResidualBlock("BasicBlock", from, steps, init);
    }
    const steps = [
      { outputs: width, kernel: 1, stride: 1 },
      { outputs: width, kernel: 3, stride },
      { outputs, kernel: 1, stride: 1 },
    ] as const;
    return new ResidualBlock("Bottleneck", from, steps, init);
  });
  return new Sequential(blocks);
}

/** The eight parts before pooling with torchvision's names: [B, H, W, C] → [B, H/32, W/32, features] with the usual stem. */
export function resnetParts(config: ResNetConfig, init: Init): (readonly [string, Module])[] {
  const { stem, width, channels } = config;
  const padding = Math.floor(stem.kernel / 2);
  const conv1 = new Conv2d(
    { inputs: channels, outputs: width, kernel: stem.kernel, stride: stem.stride, padding },
    init,
  );
  const bn1 = new BatchNorm("BatchNorm2d", width, init);
  const pool = stem.pool ? new MaxPool2d({ kernel: 3, stride: 2, padding: 1 }) : new Identity();
  const layers = config.blocks.map((_, i): readonly [string, Module] => {
    const inputs = i === 0 ? width : width * 2 ** (i - 1) * expansion[config.block];
    return [`layer${i + 1}`, makeLayer(config, inputs, i, init)];
  });
  return [["conv1", conv1], ["bn1", bn1], ["relu", new ReLU()], ["maxpool", pool], ...layers];
}

/** torchvision's whole network with its own classifier, [B, H, W, C] → [B, classes]. */
export function resnet(config: ResNetConfig, classes: number, init: Init): Sequential {
  return new Sequential([
    ...resnetParts(config, init),
    ["avgpool", new AdaptiveAvgPool2d()],
    ["flatten", new Flatten()],
    ["fc", new Linear(resnetFeatures(config), classes, init)],
  ]);
}
