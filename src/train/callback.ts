// What hooks into the training loop, and what it sees there.
import type { Tensor } from "@tensorflow/tfjs-core";
import type { Batch, DataLoaders } from "../data/batch";
import type { LossScale } from "../kernels/lossScale";
import type { Loss } from "../nn/losses/loss";
import type { GroupedModel } from "../nn/models/cnn";
import type { Hyper, Optimizer } from "../optim/optimizer";
import type { LearnerState, SavedTensor } from "./learnerState";
import type { Metric } from "./metrics/metric";

export interface Validation {
  readonly loss: number | null;
  /** In the order of the learner's metrics. */
  readonly metrics: readonly (number | null)[];
}

/** The learner as callbacks see it. */
export interface Training {
  readonly data: DataLoaders;
  readonly model: GroupedModel;
  readonly loss: Loss;
  /** What training steps make small: the loss, unless a callback replaces it in `beforeBatch`, for this batch. */
  criterion: Loss;
  readonly metrics: readonly Metric[];
  readonly optimizer: Optimizer | null;
  /** What kind of fit is running. */
  readonly purpose: "fit" | "lrFind";
  /** Whether it is a training batch (else a validation batch). */
  readonly training: boolean;
  readonly epochs: number;
  /** Of this fit, from 0. */
  readonly epoch: number;
  /** Batches done in this epoch, of training or of validation. */
  readonly batch: number;
  readonly batches: number;
  /** Training steps done over the whole run. */
  readonly step: number;
  /** Training steps done in this fit. */
  readonly fitStep: number;
  /** Learning rates and momentum of the coming step. */
  hyper: Hyper;
  /** The batch at hand; its tensors go away after `afterBatch`. May be replaced in `beforeBatch` of training. */
  current: Batch | null;
  /** Outputs of the model before the activation; may be replaced in `afterPredict`. */
  outputs: Tensor | null;
  /** The scalar to differentiate; may be replaced in `afterLoss`. */
  lossValue: Tensor | null;
  /** One a parameter of the optimizer; may be replaced in `afterBackward`. */
  gradients: (Tensor | null)[];
  /** In mixed precision, what the loss is multiplied by, as far as it is known; null in float32. */
  lossScale: number | null;
  /** Set while activations are half floats. */
  readonly scaling: LossScale | null;
  /** Goes on in float32. */
  leaveHalf(): Promise<void>;
  /** Bytes that the last step kept for its way back, and what they would be as float32; null in float32. */
  readonly halfBytes: { readonly kept: number; readonly float32: number } | null;
  /** Items of a batch that are computed at once, the rest after them, as one step; infinite for all. */
  atOnce: number;
  /** Of the epoch that just ended. */
  readonly validation: Validation | null;
  state(): Promise<LearnerState>;
}

type Hook = (learn: Training) => void | Promise<void>;
/** Runs inside the step, where nothing may be awaited. */
type StepHook = (learn: Training) => void;

/** Any part may be left out; `cleanupFit` always runs, also after a cancel or an error. */
export interface Callback {
  /** Also the key of its saved state. */
  readonly name: string;
  /** Smaller comes first; 0 unless told. */
  readonly order?: number;
  readonly beforeFit?: Hook;
  readonly beforeEpoch?: Hook;
  readonly beforeBatch?: Hook;
  readonly afterPredict?: StepHook;
  readonly afterLoss?: StepHook;
  readonly afterBackward?: StepHook;
  readonly afterStep?: StepHook;
  readonly afterBatch?: Hook;
  /** Losses of steps `first`, `first + 1`, … have come back from the GPU: all of them, once, in order, a little late. */
  readonly afterLosses?: (learn: Training, first: number, losses: readonly number[]) => void;
  readonly afterEpoch?: Hook;
  readonly afterFit?: Hook;
  readonly cleanupFit?: Hook;
  /** What must be saved so that a resumed run goes on as if never stopped. */
  readonly state?: () => unknown;
  /** The same of tensors, by name. */
  readonly tensors?: () => Promise<ReadonlyMap<string, SavedTensor>>;
  readonly restore?: (state: unknown, tensors: ReadonlyMap<string, SavedTensor>) => void;
}

export type HookName = "beforeFit" | "beforeEpoch" | "beforeBatch" | "afterBatch" | "afterEpoch" | "afterFit" | "cleanupFit"; // prettier-ignore
export type StepHookName = "afterPredict" | "afterLoss" | "afterBackward" | "afterStep";
