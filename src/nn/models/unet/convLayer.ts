// fastai's conv_layer: a convolution under one of the norms, then ReLU, then batch norm, then self-attention.
import { reshape, tile } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { Init } from "../../init";
import { BatchNorm } from "../../layers/batchNorm";
import { Conv2d } from "../../layers/conv2d";
import type { ConvBase } from "../../layers/convBase";
import { ReLU } from "../../layers/relu";
import { SelfAttention } from "../../layers/selfAttention";
import { Sequential } from "../../layers/sequential";
import { SpectralNormConv2d } from "../../layers/spectralNormConv2d";
import { WeightNormConv2d } from "../../layers/weightNormConv2d";
import type { Module } from "../../module";

export type ConvNorm = "none" | "batch" | "batchZero" | "weight" | "spectral";

export interface ConvLayerOptions {
  readonly inputs: number;
  readonly outputs: number;
  readonly kernel?: 1 | 3;
  readonly norm: ConvNorm;
  /** Without it the layer ends in the convolution, or in its batch norm. */
  readonly activation?: boolean;
  readonly selfAttention?: boolean;
  /** ICNR (Aitken et al. 2017): every four outputs in a row start alike, so that a pixel shuffle starts as an enlargement. */
  readonly icnr?: boolean;
}

/** The fresh weight of a convolution; with ICNR each filter stands four times in a row. */
function freshWeight({ inputs, outputs, kernel = 3, icnr = false }: ConvLayerOptions, init: Init): Tensor {
  const taps = kernel * kernel;
  const filters = icnr ? outputs / 4 : outputs;
  const draw = () => init.weight([kernel, kernel, inputs, filters], { in: inputs * taps, out: outputs * taps });
  if (!icnr) return draw();
  const shape = [kernel, kernel, inputs, outputs];
  return init.derived(shape, () => reshape(tile(reshape(draw(), [taps * inputs * filters, 1]), [1, 4]), shape));
}

function convolutionOf(options: ConvLayerOptions, init: Init): ConvBase {
  const { inputs, outputs, kernel = 3, norm } = options;
  const geometry = { inputs, outputs, kernel, padding: (kernel - 1) / 2 };
  const weight = freshWeight(options, init);
  if (norm === "weight") return new WeightNormConv2d(geometry, weight, init);
  if (norm === "spectral") return new SpectralNormConv2d(geometry, weight, init);
  return new Conv2d({ ...geometry, bias: norm === "none" }, { ...init, weight: () => weight });
}

export function convLayer(options: ConvLayerOptions, init: Init): Sequential {
  const { outputs, norm, activation = true, selfAttention = false } = options;
  const layers: Module[] = [convolutionOf(options, init)];
  if (activation) layers.push(new ReLU());
  if (norm === "batch") layers.push(new BatchNorm("BatchNorm2d", outputs, init));
  if (norm === "batchZero") layers.push(new BatchNorm("BatchNorm2d", outputs, init, { weight: 0 }));
  if (selfAttention) layers.push(new SelfAttention(outputs, init));
  return new Sequential(layers);
}
