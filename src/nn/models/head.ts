// fastai's classifier head: pooled features, then batch norm, dropout and linear layers.
import type { Init } from "../init";
import { AdaptiveAvgPool2d } from "../layers/adaptiveAvgPool2d";
import { AdaptiveConcatPool2d } from "../layers/adaptiveConcatPool2d";
import { BatchNorm } from "../layers/batchNorm";
import { Dropout } from "../layers/dropout";
import { Flatten } from "../layers/flatten";
import { Linear } from "../layers/linear";
import { ReLU } from "../layers/relu";
import { Sequential } from "../layers/sequential";
import { SigmoidRange } from "../layers/sigmoidRange";
import type { Module } from "../module";

export interface HeadOptions {
  /** Channels that leave the body. */
  readonly features: number;
  readonly classes: number;
  /** Widths of the hidden linear layers. */
  readonly lin: readonly number[];
  /** Before the last linear layer; half of it before the others. 0 leaves the layers out, as fastai does. */
  readonly dropout: number;
  /** Squeezes the outputs between two numbers. */
  readonly yRange?: readonly [number, number] | undefined;
  /** Each channel's maximum and mean (the default), or its mean alone. */
  readonly concatPool?: boolean | undefined;
  /** Pools to this many rows and columns of places, by maximum and mean; 1 without it. Otherwise `concatPool` is not asked. */
  readonly grid?: number | undefined;
  /**
   * A batch norm of the pooled features (the default), fastai's `first_bn`. It divides by the spread that a feature had in
   * training, which is near 0 where a feature is nearly always 0, as those of a network without batch norm are.
   */
  readonly bnFirst?: boolean | undefined;
  /** A batch norm of slow momentum at the end. */
  readonly bnFinal?: boolean | undefined;
}

/** fastai `create_head`: [B, h, w, features] → [B, classes]. */
export function createHead(options: HeadOptions, init: Init): Sequential {
  const { features, classes, lin, dropout, yRange, concatPool = true, grid = 1 } = options;
  const { bnFirst = true, bnFinal = false } = options;
  const both = concatPool || grid > 1;
  const widths = [both ? 2 * features * grid ** 2 : features, ...lin, classes];
  const layers: Module[] = [both ? new AdaptiveConcatPool2d(grid) : new AdaptiveAvgPool2d(), new Flatten()];
  for (let i = 0; i + 1 < widths.length; i += 1) {
    const [inputs, outputs] = [widths[i] as number, widths[i + 1] as number];
    const last = i + 2 === widths.length;
    const p = last ? dropout : dropout / 2;
    if (i > 0 || bnFirst) layers.push(new BatchNorm("BatchNorm1d", inputs, init));
    if (p > 0) layers.push(new Dropout(p));
    layers.push(new Linear(inputs, outputs, init));
    if (!last) layers.push(new ReLU());
  }
  if (bnFinal) layers.push(new BatchNorm("BatchNorm1d", classes, init, { momentum: 0.01 }));
  if (yRange) layers.push(new SigmoidRange(yRange));
  return new Sequential(layers);
}
