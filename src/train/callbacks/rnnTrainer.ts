// What recurrent models need of the loop: a fresh state at the start of an epoch, and AR and TAR (fastai's RNNTrainer).
import { add } from "@tensorflow/tfjs-core";
import { activationPenalty } from "../../kernels/activationPenalty";
import { isRecurrent } from "../../nn/models/text/recurrentModel";
import type { Callback } from "../callback";

export interface RnnTrainerOptions {
  /** Of the mean of the squared activations. */
  readonly alpha?: number;
  /** Of the mean of their squared changes from step to step. */
  readonly beta?: number;
}

/** Merity et al. 2017: loss + α·mean(h²) + β·mean((h_t − h_{t−1})²) of the last layer, before its dropout. */
export function rnnTrainer({ alpha = 2, beta = 1 }: RnnTrainerOptions = {}): Callback {
  return {
    name: "rnnTrainer",
    beforeEpoch({ model, batch }) {
      // An epoch that goes on in its middle goes on with its state.
      if (batch === 0) model.reset();
    },
    afterLoss(learn) {
      const { model, lossValue } = learn;
      if (!isRecurrent(model) || !model.lastOutput || !lossValue) return;
      const [batch] = model.lastOutput.shape;
      // fastai asks for the length of the wrong axis: a batch of one text has no TAR there.
      const penalty = activationPenalty(model.lastOutput, { alpha, beta: batch > 1 ? beta : 0 });
      learn.lossValue = add(lossValue, penalty);
    },
  };
}
