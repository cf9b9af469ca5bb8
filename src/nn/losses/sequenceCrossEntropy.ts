// Cross-entropy of the next word at every step of a sequence: the loss of a language model.
import { mean, reshape, softmax, tile } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor2D } from "@tensorflow/tfjs-core";
import { softmaxCrossEntropy } from "../../kernels/softmaxCrossEntropy";
import { crossEntropyFlat } from "./crossEntropyFlat";
import type { Loss } from "./loss";

/** outputs [B, T, V], y int32 [B, T], weight [B] of whole sequences → mean over the steps; perItem [B]. */
export function sequenceCrossEntropy(): Loss {
  return {
    ...crossEntropyFlat(),
    id: "sequenceCrossEntropy",
    compute(outputs, { y, weight }) {
      const [batch = 0, steps = 0, vocab = 0] = outputs.shape;
      const logits = reshape(outputs, [batch * steps, vocab]) as Tensor2D;
      const weights = reshape(tile(reshape(weight, [batch, 1]), [1, steps]), [batch * steps]);
      const rows = softmaxCrossEntropy(logits, reshape(y, [batch * steps]), { weight: weights });
      return {
        mean: rows.mean,
        // Asked for in validation only: a step in training does without.
        get perItem(): Tensor {
          return mean(reshape(rows.perItem, [batch, steps]), 1);
        },
      };
    },
    activation: (outputs) => softmax(outputs),
  };
}
