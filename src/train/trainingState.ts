// Where a learner stands while it trains: the fields that callbacks see.
import type { Tensor } from "@tensorflow/tfjs-core";
import type { Batch, DataLoaders } from "../data/batch";
import type { LossScale } from "../kernels/lossScale";
import type { Loss } from "../nn/losses/loss";
import type { GroupedModel } from "../nn/models/cnn";
import type { Hyper, Optimizer } from "../optim/optimizer";
import type { Training, Validation } from "./callback";
import type { FitPosition, LearnerState } from "./learnerState";
import type { Metric } from "./metrics/metric";

/** The meaning of each field is told in `Training`. */
export abstract class TrainingState implements Training {
  abstract data: DataLoaders;
  abstract readonly model: GroupedModel;
  abstract readonly loss: Loss;
  abstract criterion: Loss;
  abstract readonly metrics: readonly Metric[];
  optimizer: Optimizer | null = null;
  hyper: Hyper = { lrs: [], momentum: 0.9 };
  purpose: Training["purpose"] = "fit";
  training = false;
  epochs = 0;
  epoch = 0;
  batches = 0;
  batch = 0;
  step = 0;
  fitStep = 0;
  current: Batch | null = null;
  outputs: Tensor | null = null;
  lossValue: Tensor | null = null;
  gradients: (Tensor | null)[] = [];
  lossScale: number | null = null;
  scaling: LossScale | null = null;
  halfBytes: Training["halfBytes"] = null;
  validation: Validation | null = null;
  atOnce = Number.POSITIVE_INFINITY;
  /** The next batch of the running or stopped fit; null when there is none. */
  position: FitPosition | null = null;

  abstract state(): Promise<LearnerState>;
  abstract leaveHalf(): Promise<void>;
}
