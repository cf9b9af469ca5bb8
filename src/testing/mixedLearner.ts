// A plain network of convolutions, wide enough that mixed precision has activations to halve.
import { createRng } from "../base/rng";
import { kaimingNormal } from "../nn/init";
import { BatchNorm } from "../nn/layers/batchNorm";
import { Conv2d } from "../nn/layers/conv2d";
import { ReLU } from "../nn/layers/relu";
import { Sequential } from "../nn/layers/sequential";
import { Cnn } from "../nn/models/cnn";
import { createHead } from "../nn/models/head";
import { lossFor } from "../nn/losses/lossFor";
import { adamw } from "../optim/adam";
import type { Callback } from "../train/callback";
import { Learner } from "../train/learner";
import { toyData } from "./toyData";

export interface MixedOptions {
  readonly precision: "f32" | "f16";
  readonly depth?: number;
  readonly size?: number;
  readonly batchSize?: number;
  readonly steps?: number;
}

/** Convolutions with batch norm, eight channels wide, in that many layers; a plain network of convolutions with batch norm, eight channels wide. */
export function mixedLearner({ precision, depth = 3, size = 16, batchSize = 8, steps = 6 }: MixedOptions): Learner {
  const init = kaimingNormal(createRng(1, "mixed"), "in");
  const layers = Array.from({ length: depth }, (_, i) => [
    new Conv2d({ inputs: i === 0 ? 3 : 8, outputs: 8, kernel: 3, stride: 1, padding: 1 }, init),
    new BatchNorm("BatchNorm2d", 8, init),
    new ReLU(),
  ]);
  const body = new Sequential(layers.flat());
  const head = createHead({ features: 8, classes: 3, lin: [], dropout: 0 }, init);
  return new Learner({
    data: toyData({ size, batchSize, items: steps * batchSize }),
    model: new Cnn({ module: body, stages: body, splits: [3] }, head),
    loss: lossFor("singleLabel"),
    optimizer: adamw(),
    precision,
    seed: 1,
    clock: () => performance.now(),
  });
}

/** Trains and gives the loss of every step. */
export async function lossesOf(
  learn: Learner,
  epochs: number,
  callbacks: readonly Callback[] = [],
  lr = 0.01,
): Promise<number[]> {
  const losses: number[] = [];
  const watch: Callback = { name: "watch", afterLosses: (_, __, rows) => void losses.push(...rows) };
  await learn.fit(epochs, lr, { callbacks: [watch, ...callbacks] });
  return losses;
}
