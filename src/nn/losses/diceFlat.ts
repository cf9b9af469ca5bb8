// Dice loss of segmentation, alone or with cross-entropy beside it.
import { add, mul, softmax } from "@tensorflow/tfjs-core";
import { diceLoss } from "../../kernels/diceLoss";
import { softmaxCrossEntropy } from "../../kernels/softmaxCrossEntropy";
import type { Loss } from "./loss";

export interface DiceOptions {
  readonly smooth?: number;
  /** Squares the probabilities in the union. */
  readonly square?: boolean;
  readonly ignore?: number;
  /** How much cross-entropy is added. */
  readonly crossEntropy?: number;
}

/**
 * Mean over items and classes of 1 − Dice (fastai's DiceLoss with reduction "mean"), plus a share of cross-entropy.
 * Items weigh alike in what is told of them; in the cross-entropy that is differentiated, each pixel weighs alike.
 */
export function diceFlat({ crossEntropy = 0, ...options }: DiceOptions = {}): Loss {
  return {
    id: "dice",
    activationName: "softmax",
    compute(outputs, { y, weight }) {
      const dice = diceLoss(outputs, y, { ...options, weight });
      if (crossEntropy === 0) return dice;
      const other = softmaxCrossEntropy(outputs, y, {
        weight,
        ...(options.ignore === undefined ? {} : { ignore: options.ignore }),
      });
      return {
        mean: add(dice.mean, mul(other.mean, crossEntropy)),
        perItem: add(dice.perItem, mul(other.perItem, crossEntropy)),
        share: weight,
      };
    },
    activation: (outputs) => softmax(outputs),
  };
}
