// What a loss is: a number to make small, and how the model's outputs become what it predicts.
import type { Tensor } from "@tensorflow/tfjs-core";

export interface LossTargets {
  /** As in the batch: class ids int32 [B] or [B, H, W], 0/1 float32 [B, classes], points or numbers float32 [B, …]. */
  readonly y: Tensor;
  /** Float32 [B]; 0 for items that only pad the batch. */
  readonly weight: Tensor;
  /** Where these items begin in their batch; 0 unless told. */
  readonly from?: number;
}

export interface LossValue {
  /** Weighted mean, a scalar; the one that is differentiated. */
  readonly mean: Tensor;
  /** Each item's own mean, [B]. */
  readonly perItem: Tensor;
  /** What each item weighs in the mean, [B]: its weight, or the sum over what counts in it (class weights, pixels). */
  readonly share: Tensor;
}

export interface Loss {
  readonly id: string;
  /** Turns outputs into predictions. */
  readonly activationName: "softmax" | "sigmoid" | "exp" | "none";
  /** From the model's outputs, before the activation. */
  compute(outputs: Tensor, targets: LossTargets): LossValue;
  /** Same shape: probabilities in 0…1, or the predicted numbers. */
  activation(outputs: Tensor): Tensor;
}
