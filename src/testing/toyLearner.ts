// A tiny network on tiny pictures, ready to train in a test.
import { createRng } from "../base/rng";
import { kaimingNormal } from "../nn/init";
import { Cnn } from "../nn/models/cnn";
import { createHead } from "../nn/models/head";
import { BatchNorm } from "../nn/layers/batchNorm";
import { Conv2d } from "../nn/layers/conv2d";
import { ReLU } from "../nn/layers/relu";
import { Sequential } from "../nn/layers/sequential";
import { lossFor } from "../nn/losses/lossFor";
import { adamw } from "../optim/adam";
import type { MakeOptimizer } from "../optim/optimizer";
import { defaultsOf } from "../spec/params";
import { Learner } from "../train/learner";
import { METRICS } from "../train/metrics/metrics";
import { toyData } from "./toyData";
import type { ToyOptions } from "./toyData";

export interface ToyLearnerOptions extends ToyOptions {
  readonly seed?: number;
  readonly dropout?: number;
  readonly optimizer?: MakeOptimizer;
  readonly clock?: () => number;
}

/** Two convolutions with batch norm (a group each) and fastai's head. */
export function toyModel(seed: number, classes: number, dropout: number): Cnn {
  const init = kaimingNormal(createRng(seed, "toy"), "in");
  const body = new Sequential([
    new Conv2d({ inputs: 3, outputs: 4, kernel: 3, stride: 2, padding: 1 }, init),
    new BatchNorm("BatchNorm2d", 4, init),
    new ReLU(),
    new Conv2d({ inputs: 4, outputs: 6, kernel: 3, stride: 1, padding: 1 }, init),
    new BatchNorm("BatchNorm2d", 6, init),
    new ReLU(),
  ]);
  return new Cnn(
    { module: body, stages: body, splits: [3] },
    createHead({ features: 6, classes, lin: [8], dropout }, init),
  );
}

export function toyLearner(options: ToyLearnerOptions = {}): Learner {
  const { seed = 1, dropout = 0.3, clock = () => performance.now(), optimizer = adamw(), ...toy } = options;
  const data = toyData(toy);
  const usual = ["accuracy", "errorRate", "accuracyThresh", "fbeta"];
  const metrics = METRICS.filter(({ id, tasks }) => usual.includes(id) && tasks.includes(data.task));
  return new Learner({
    data,
    model: toyModel(seed, data.vocab.length, dropout),
    loss: lossFor(data.task),
    optimizer,
    metrics: metrics.map((entry) =>
      entry.make(defaultsOf(entry.params), { inputShape: () => data.inputShape, vocab: () => data.vocab }),
    ),
    seed,
    clock,
  });
}
