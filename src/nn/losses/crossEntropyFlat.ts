// Cross-entropy of one label an item, or one a pixel (fastai's CrossEntropyFlat), and its focal form.
import { softmax } from "@tensorflow/tfjs-core";
import { tensorOf } from "../../tensor/writeTensor";
import { softmaxCrossEntropy } from "../../kernels/softmaxCrossEntropy";
import type { Loss } from "./loss";

export interface CrossEntropyOptions {
  /** One factor a class. */
  readonly classWeights?: readonly number[];
  /** Share of the target that is spread over all classes. */
  readonly labelSmoothing?: number;
  /** A class that does not count, beside what is below 0. */
  readonly ignore?: number;
  /** Focal loss: how much less what is nearly right counts. */
  readonly gamma?: number;
}

/** −log softmax(outputs)[y], mean over the weights of what counts. */
export function crossEntropyFlat({ classWeights, ...options }: CrossEntropyOptions = {}): Loss {
  return {
    id: (options.gamma ?? 0) > 0 ? "focal" : "crossEntropy",
    activationName: "softmax",
    compute(outputs, { y, weight }) {
      const weights = classWeights && {
        classWeights: tensorOf(new Float32Array(classWeights), [classWeights.length], "float32"),
      };
      return softmaxCrossEntropy(outputs, y, { ...options, ...weights, weight });
    },
    activation: (outputs) => softmax(outputs),
  };
}
