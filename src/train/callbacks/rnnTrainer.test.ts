// What the callback for recurrent models adds to the loss and what it does not, and when it starts anew.
import { beforeAll, describe, expect, it } from "vitest";
import { createRng } from "../../base/rng";
import { languageData, numberTexts } from "../../data/text/textData";
import { crossEntropyFlat } from "../../nn/losses/crossEntropyFlat";
import { AWD_LSTM_LM_CONFIG } from "../../nn/models/text/awdLstmConfig";
import { languageModel } from "../../nn/models/text/languageModel";
import { recurrentInit } from "../../nn/recurrentInit";
import { stateDict } from "../../nn/stateDict";
import { sgd } from "../../optim/sgd";
import { liveTensors } from "../../tensor/scope";
import { openCpu } from "../../testing/cpuDevice";
import type { Callback } from "../callback";
import { Learner } from "../learner";
import { rnnTrainer } from "./rnnTrainer";

beforeAll(() => openCpu());

const words = "a b c a b c d e a b".split(" ");
const texts = numberTexts({ train: Array.from({ length: 12 }, () => words), valid: [words, words] }, { minFreq: 1 });

function learner(batchSize = 3): Learner {
  const config = { ...AWD_LSTM_LM_CONFIG, embSz: 6, nHid: 8, nLayers: 2 };
  return new Learner({
    data: languageData(texts, { batchSize, bptt: 5, seed: 1 }),
    model: languageModel(texts.vocab.itos.length, recurrentInit(createRng(1)), { config, dropMult: 0 }),
    loss: crossEntropyFlat(),
    optimizer: sgd({ wd: 0 }),
    seed: 1,
    clock: () => 0,
  });
}

/** Losses that are shown, and the weights after a fit. */
async function fit(callbacks: readonly Callback[], batchSize = 3, lr = 0) {
  const learn = learner(batchSize);
  const losses: number[] = [];
  const watch: Callback = { name: "watch", afterLosses: (_learn, _first, some) => void losses.push(...some) };
  await learn.fit(1, lr, { callbacks: [...callbacks, watch] });
  const state = await stateDict(learn.model);
  learn.dispose();
  return { losses, state };
}

describe("rnnTrainer", () => {
  it("drives the weights with AR and TAR, and shows the loss without them", async () => {
    const before = liveTensors();
    expect((await fit([rnnTrainer({ alpha: 50, beta: 20 })])).losses).toEqual((await fit([])).losses);
    const moved = await fit([rnnTrainer({ alpha: 50, beta: 20 })], 3, 0.1);
    expect(moved.state).not.toEqual((await fit([], 3, 0.1)).state);
    expect(liveTensors()).toBe(before);
  });

  it("has no TAR for a batch of one text, as in fastai", async () => {
    const one = await fit([rnnTrainer({ alpha: 0, beta: 20 })], 1, 0.1);
    expect(one.state).toEqual((await fit([], 1, 0.1)).state);
    const three = await fit([rnnTrainer({ alpha: 0, beta: 20 })], 3, 0.1);
    expect(three.state).not.toEqual((await fit([], 3, 0.1)).state);
  });

  it("begins every epoch with a fresh state", async () => {
    const learn = learner();
    const firsts: number[] = [];
    const watch: Callback = {
      name: "watch",
      afterLosses: (_learn, first, some) => void (first % 8 === 0 && firsts.push(some[0] as number)),
    };
    // Without a learning rate, and with the texts all alike, epochs differ by what the state was at their start.
    await learn.fit(3, 0, { callbacks: [rnnTrainer(), watch] });
    expect(learn.data.train.batches).toBe(8);
    expect(new Set(firsts).size).toBe(1);
    learn.dispose();
  });
});
