// Cross-entropy of one label an item (fastai's CrossEntropyFlat).
import { softmax } from "@tensorflow/tfjs-core";
import type { Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import { softmaxCrossEntropy } from "../../kernels/softmaxCrossEntropy";
import type { Loss } from "./loss";

export interface CrossEntropyOptions {
  /** One factor a class, [classes]. */
  readonly classWeights?: Tensor1D;
  /** Share of the target that is spread over all classes. */
  readonly labelSmoothing?: number;
}

/** −log softmax(outputs)[y], mean over the weights. */
export function crossEntropyFlat(options: CrossEntropyOptions = {}): Loss {
  return {
    id: "crossEntropy",
    activationName: "softmax",
    compute(outputs, { y, weight }) {
      return softmaxCrossEntropy(outputs as Tensor2D, y as Tensor1D, { ...options, weight: weight as Tensor1D });
    },
    activation: (outputs) => softmax(outputs),
    decode(probabilities, classes) {
      const answers = new Int32Array(probabilities.length / classes);
      for (let i = 0; i < answers.length; i += 1) {
        let best = 0;
        for (let c = 1; c < classes; c += 1) {
          if ((probabilities[i * classes + c] as number) > (probabilities[i * classes + best] as number)) best = c;
        }
        answers[i] = best;
      }
      return answers;
    },
  };
}
