// What a run tells the page while it trains and afterwards.
import type { Problem } from "../base/problem";
import type { MetricInfo } from "./catalog";
import type { PackedMask } from "./packedMask";
import type { PreviewItem, SkippedItem } from "./dataReport";
import type { Recipe, Task } from "./recipe";
import type { StepCost } from "./stepMemory";

/** One training step. */
export interface BatchRow {
  readonly step: number;
  readonly stage: number;
  readonly epoch: number;
  readonly loss: number;
  /** Bias-corrected moving average of the loss (0.98), fastai's train_loss. */
  readonly smooth: number;
  /** Learning rate of the last parameter group. */
  readonly lr: number;
  readonly momentum: number;
}

/** One line of the fastai table. */
export interface EpochRow {
  readonly stage: number;
  /** Counted within its stage, from 0. */
  readonly epoch: number;
  /** The step after which it was taken, over the whole run. */
  readonly step: number;
  readonly trainLoss: number;
  /** Null where there is no validation set. */
  readonly validLoss: number | null;
  /** In the order of the run's metrics; null where there is no validation set. */
  readonly metrics: readonly (number | null)[];
  readonly seconds: number;
}

export interface LrSuggestion {
  readonly id: "valley" | "steep" | "minimum" | "slide";
  readonly lr: number;
  readonly loss: number;
}

export interface LrFindResult {
  readonly stage: number;
  readonly lrs: readonly number[];
  /** Smoothed, as fastai draws them. */
  readonly losses: readonly number[];
  readonly suggestions: readonly LrSuggestion[];
  readonly stopped: "diverged" | "finished" | "notFinite";
}

/** Lowest level of progress; `phase` names what the engine is doing. */
export interface Progress {
  readonly phase:
    "scanning" | "decoding" | "compiling shaders" | "training" | "validating" | "finding lr" | "saving" | "paused";
  readonly stage: number;
  readonly epoch: number;
  readonly epochs: number;
  readonly batch: number;
  readonly batches: number;
  /** Steps done and to do over the whole run. */
  readonly step: number;
  readonly steps: number;
  /** Milliseconds since the run began, pauses left out. */
  readonly elapsed: number;
  /** Milliseconds, or null while there is nothing to estimate from (the first, compiling step is left out). */
  readonly left: number | null;
  readonly itemsPerSecond: number | null;
  readonly loss: number | null;
  readonly lr: number | null;
  /** In mixed precision, what the loss is multiplied by; null or absent otherwise. */
  readonly lossScale?: number | null;
  readonly gpuBytes: number | null;
}

export interface StepCounts {
  readonly dispatches: number;
  readonly submits: number;
  readonly uploadBytes: number;
  readonly tensors: number;
}

/** How a run ended, or where it stands. */
export interface RunSummary {
  readonly runId: string;
  readonly status: "finished" | "stopped" | "failed" | "interrupted";
  readonly seed: number;
  readonly metrics: readonly MetricInfo[];
  readonly epochs: readonly EpochRow[];
  readonly lrFinds: readonly LrFindResult[];
  readonly steps: number;
  /** First stage not yet done. */
  readonly nextStage: number;
  readonly seconds: number;
  readonly parameters: number;
  readonly recipe: Recipe;
  readonly counts: StepCounts | null;
  /** Pictures that are computed at once; fewer than the batch where it is computed in parts. */
  readonly atOnce?: number;
  readonly problem: Problem | null;
}

interface Interpreted {
  readonly runId: string;
  /** Answers were averaged over several views. */
  readonly tta?: boolean;
  /** Classes, codes, or the names of points or numbers. */
  readonly vocab: readonly string[];
  readonly items: Int32Array;
  readonly paths: readonly string[];
  /** Per item, [n]. */
  readonly losses: Float32Array;
}

export interface ClassInterpretation extends Interpreted {
  readonly task: "singleLabel" | "multiLabel";
  /** Single label: class index, [n]. Multi label: 0/1, [n × classes]. */
  readonly targets: Int32Array;
  /** Softmax or sigmoid, [n × classes]. */
  readonly probabilities: Float32Array;
}

/** A class for each pixel: class maps, but no probabilities of every pixel. */
export interface MaskInterpretation extends Interpreted {
  readonly task: "segmentation";
  /** Height and width of the masks. */
  readonly size: readonly [number, number];
  readonly targets: readonly PackedMask[];
  readonly predicted: readonly PackedMask[];
  /** Pixels by true class (rows) and predicted class, over all items; pixels that do not count are left out. */
  readonly confusion: Float64Array;
}

/** Points and numbers. */
export interface ValueInterpretation extends Interpreted {
  readonly task: "points" | "regression";
  /** [n × K]; points as (y, x) from −1 to 1. */
  readonly targets: Float32Array;
  readonly values: Float32Array;
  /** For points: where each picture lies in its file (`FRAME_NUMBERS`), [n × 5]; else empty. */
  readonly frames: Float32Array;
}

/** How the model is asked about the validation set. */
export interface InterpretOptions {
  /**
   * Test-time augmentation: each picture is looked at nine times, plainly and zoomed into its corners, and the answers
   * are averaged. Only where answers do not lie on the picture: not for masks and points.
   */
  readonly tta?: boolean;
}

/** Predictions on the validation set with what is needed to explain them. */
export type Interpretation = ClassInterpretation | MaskInterpretation | ValueInterpretation;

/** Answers on pictures without labels. */
export interface TestPredictions {
  readonly task: Task;
  readonly vocab: readonly string[];
  readonly paths: readonly string[];
  /** Probabilities, or numbers, [n × K]; points as (y, x) in pixels of their files. */
  readonly answers: Float32Array;
  /** A zip of PNGs of class numbers where the model gives masks. */
  readonly masks: Blob | null;
  readonly skipped: readonly SkippedItem[];
  /** The first of them as the model sees them, with the masks or points that it says. */
  readonly pictures: readonly PreviewItem[];
}

export interface LayerSummary {
  readonly name: string;
  readonly kind: string;
  readonly outputShape: readonly number[];
  readonly parameters: number;
  readonly group: number;
}

export interface ModelSummary {
  readonly parameters: number;
  /** Trainable when the body is frozen (batch-norm stays trainable). */
  readonly trainableFrozen: number;
  readonly layers: readonly LayerSummary[];
  readonly groups: readonly string[];
  /** Multiply-adds of one forward pass of one item. */
  readonly macs: number;
  /** Rough GPU bytes of one training step at the recipe's batch size. */
  readonly memoryBytes: number;
  /** The same at each picture size that the stages go through, and what fits at once. */
  readonly steps: readonly StepCost[];
}

/** Which tensors of a state met which of a model. */
export interface StateReport {
  readonly name: string;
  readonly matched: number;
  readonly missing: readonly string[];
  readonly extra: readonly string[];
  readonly misshapen: readonly {
    readonly name: string;
    readonly expected: readonly number[];
    readonly found: readonly number[];
  }[];
}

/** How much of a model a file fills: all; all but the new layers; a part of the body; nothing. */
export type WeightsFit = "whole" | "head" | "partial" | "none";

export interface FitReport extends StateReport {
  readonly fit: WeightsFit;
  /** Names of what matched. */
  readonly names: readonly string[];
  /** Batch norms that the file has folded into its convolutions; they were put back. */
  readonly unfolded: number;
  /** Channels that the first convolution was adapted to, or null. */
  readonly adaptedChannels: number | null;
}

/** How the pictures were prepared that a file's weights have seen. */
export interface WeightsPreprocessing {
  /** As `data.normalize` calls it. */
  readonly normalize: string;
  /** Blue, green, red: the first convolution is turned when the weights are taken over. */
  readonly bgr: boolean;
  /** Whether the file or the catalogue says so, or the names of its layers suggest it. */
  readonly source: "stated" | "assumed";
}

/** How a weight file fits the model of the recipe. */
export interface WeightsReport extends FitReport {
  /** Where in a checkpoint the state was found, e.g. `state_dict`; empty where the file is nothing else. */
  readonly path: string;
  /** False while it waits for a person's consent (a new head, a partial fit) and nothing was changed. */
  readonly taken: boolean;
  readonly preprocessing: WeightsPreprocessing | null;
  /** An architecture that the file fits better, or null. */
  readonly better: { readonly arch: string; readonly label: string; readonly matched: number } | null;
  /** What was left out or changed while reading. */
  readonly problems: readonly Problem[];
}

/** What a person agreed to: that the head, or whatever does not fit, starts fresh; that NaN is taken over. */
export interface WeightsConsent {
  readonly fit: "whole" | "head" | "partial";
  readonly values: "finite" | "any";
}
