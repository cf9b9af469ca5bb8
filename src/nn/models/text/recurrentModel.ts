// What text models share with those who train them: layer groups, and the activations that are regularised.
import type { Tensor3D } from "@tensorflow/tfjs-core";
import type { GroupedModel } from "../cnn";

export interface RecurrentModel extends GroupedModel {
  /**
   * Outputs of the last recurrent layer in the pass under way, [B, T, E], for AR and TAR; null in eval mode. They belong
   * to the pass: whoever reads them later finds them freed.
   */
  readonly lastOutput: Tensor3D | null;
}

/** Whether a model has recurrent activations. */
export function isRecurrent(model: GroupedModel): model is RecurrentModel {
  return "lastOutput" in model;
}
