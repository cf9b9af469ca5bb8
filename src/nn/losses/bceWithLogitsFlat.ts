// Binary cross-entropy of several labels an item (fastai's BCEWithLogitsFlat).
import { sigmoid } from "@tensorflow/tfjs-core";
import type { Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import { bceWithLogits } from "../../kernels/bceWithLogits";
import type { Loss } from "./loss";

/** Mean over items and classes of −y log σ(x) − (1 − y) log(1 − σ(x)). */
export function bceWithLogitsFlat(): Loss {
  return {
    id: "bceWithLogits",
    activationName: "sigmoid",
    compute(outputs, { y, weight }) {
      return bceWithLogits(outputs as Tensor2D, y as Tensor2D, { weight: weight as Tensor1D });
    },
    activation: (outputs) => sigmoid(outputs),
    decode: (probabilities, _classes, threshold = 0.5) =>
      Int32Array.from(probabilities, (p) => (p > threshold ? 1 : 0)),
  };
}
