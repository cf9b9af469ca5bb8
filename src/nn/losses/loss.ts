// What a loss is: a number to make small, and how the model's outputs become probabilities and answers.
import type { Tensor } from "@tensorflow/tfjs-core";

export interface LossTargets {
  /** Class index int32 [B], or 0/1 float32 [B, classes]. */
  readonly y: Tensor;
  /** Float32 [B]; 0 for rows that only pad the batch. */
  readonly weight: Tensor;
}

export interface LossValue {
  /** Weighted mean, a scalar; the one that is differentiated. */
  readonly mean: Tensor;
  /** [B]. */
  readonly perItem: Tensor;
}

export interface Loss {
  readonly id: string;
  /** Turns outputs into probabilities. */
  readonly activationName: "softmax" | "sigmoid";
  /** From the model's outputs [B, classes], before the activation. */
  compute(outputs: Tensor, targets: LossTargets): LossValue;
  /** [B, classes] → [B, classes], in 0…1. */
  activation(outputs: Tensor): Tensor;
  /** Probabilities [n × classes] → class index [n] for one label, 0/1 [n × classes] for several. */
  decode(probabilities: Float32Array, classes: number, threshold?: number): Int32Array;
}
