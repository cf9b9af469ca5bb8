// A small language model and a small classifier learn from real text, in the learner that trains everything else.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createRng } from "../base/rng";
import { classifierData, languageData, numberTexts } from "../data/text/textData";
import type { NumberedTexts } from "../data/text/textData";
import { textTokenizer } from "../data/text/tokenizeTexts";
import { parseCsv } from "../formats/csv/csv";
import { crossEntropyFlat } from "../nn/losses/crossEntropyFlat";
import { AWD_LSTM_CLAS_CONFIG, AWD_LSTM_LM_CONFIG } from "../nn/models/text/awdLstmConfig";
import { languageModel } from "../nn/models/text/languageModel";
import type { LanguageModel } from "../nn/models/text/languageModel";
import { loadEncoder } from "../nn/models/text/pretrained";
import { textClassifier } from "../nn/models/text/textClassifier";
import { recurrentInit } from "../nn/recurrentInit";
import { stateDict } from "../nn/stateDict";
import { adamw } from "../optim/adam";
import { attachCounters } from "../tensor/counters";
import { openDevice } from "../tensor/device";
import type { Device } from "../tensor/device";
import { hasShared, readShared, readSharedText } from "../testing/shared";
import type { Callback } from "./callback";
import { rnnTrainer } from "./callbacks/rnnTrainer";
import { CancelFit } from "./cancel";
import { Learner } from "./learner";

let device: Device;
const problems: string[] = [];

beforeAll(async () => {
  device = await openDevice({ onProblem: ({ title, debug }) => void problems.push(`${title} ${debug ?? ""}`) });
});
afterAll(() => device.close());
afterEach(() => expect(problems).toEqual([]));

const sizes = { embSz: 24, nHid: 32, nLayers: 2 };
const layers = sizes.nLayers;
const [batchSize, bptt] = [16, 12];

/** Some articles of WikiText with few words, so that a small model is enough. */
async function articles(): Promise<NumberedTexts> {
  const lines = (await readSharedText("data/lm_wikitext2/valid.txt")).split("\n").filter((line) => line.length > 200);
  const tokens = lines.slice(0, 220).map(textTokenizer());
  return numberTexts({ train: tokens.slice(0, 190), valid: tokens.slice(190) }, { maxVocab: 128, minFreq: 2 });
}

/** What guessing by frequency alone would lose on the validation texts, in nats. */
function unigramLoss({ vocab, train, valid }: NumberedTexts): number {
  const counts = new Float64Array(vocab.itos.length).fill(1);
  for (const text of train) for (const id of text) (counts[id] as number) += 1;
  const total = counts.reduce((sum, count) => sum + count, 0);
  const ids = valid.flatMap((text) => [...text]);
  return ids.reduce((sum, id) => sum - Math.log((counts[id] as number) / total), 0) / ids.length;
}

function languageLearner(texts: NumberedTexts, dropMult: number): Learner {
  const config = { ...AWD_LSTM_LM_CONFIG, ...sizes };
  return new Learner({
    data: languageData(texts, { batchSize, bptt, seed: 1 }),
    model: languageModel(texts.vocab.itos.length, recurrentInit(createRng(1)), { config, dropMult }),
    loss: crossEntropyFlat(),
    optimizer: adamw({ wd: 0.01 }),
    seed: 1,
    clock: () => performance.now(),
  });
}

/** Ends a fit after some steps. */
const stopAfter = (steps: number): Callback => ({
  name: "stopAfter",
  afterBatch({ fitStep }) {
    if (fitStep === steps) throw new CancelFit();
  },
});

describe.skipIf(!hasShared)("a language model", () => {
  it("learns more than how frequent words are, with all dropouts, AR and TAR", async () => {
    const texts = await articles();
    const learn = languageLearner(texts, 0.2);
    const before = (await learn.validate()).loss as number;
    const outcome = await learn.fitOneCycle(2, 2e-2, { moms: [0.8, 0.7], callbacks: [rnnTrainer()] });
    expect(outcome).toBe("finished");
    const after = (await learn.validate()).loss as number;
    expect(before).toBeGreaterThan(Math.log(texts.vocab.itos.length) - 0.1);
    expect(after).toBeLessThan(unigramLoss(texts) - 0.1);
    // Validation begins with a fresh state: it repeats itself.
    expect((await learn.validate()).loss).toBe(after);
    learn.dispose();
  });

  it("repeats itself to the last bit, and a step is few dispatches", async () => {
    const texts = await articles();
    const weights = async () => {
      const learn = languageLearner(texts, 1);
      const counts: number[] = [];
      const counters = attachCounters(device.gpu as GPUDevice);
      const count: Callback = {
        name: "count",
        beforeBatch: () => counters.reset(),
        afterBatch: () => void counts.push(counters.read().dispatches),
      };
      await learn.fit(1, 1e-2, { callbacks: [rnnTrainer(), count, stopAfter(4)] });
      counters.detach();
      const state = await stateDict(learn.model);
      learn.dispose();
      return { state, perStep: counts.at(-1) as number };
    };
    const [first, second] = [await weights(), await weights()];
    expect(second.state).toEqual(first.state);
    expect(first.perStep).toBeLessThanOrEqual(2 * bptt * layers + 40 + 10 * layers);
  });

  it("goes on from a checkpoint in mid-epoch as if it had not stopped", async () => {
    const texts = await articles();
    const whole = languageLearner(texts, 1);
    await whole.fit(1, 1e-2, { callbacks: [rnnTrainer(), stopAfter(6)] });
    const expected = await stateDict(whole.model);
    whole.dispose();
    const begun = languageLearner(texts, 1);
    await begun.fit(1, 1e-2, { callbacks: [rnnTrainer(), stopAfter(3)] });
    const saved = await begun.state();
    begun.dispose();
    const resumed = languageLearner(texts, 1);
    resumed.restore(saved);
    await resumed.fit(1, 1e-2, { callbacks: [rnnTrainer(), stopAfter(6)], resume: true });
    expect(await stateDict(resumed.model)).toEqual(expected);
    resumed.dispose();
  });
});

describe.skipIf(!hasShared)("a classifier", () => {
  it("takes the language model's encoder and learns what reviews think", async () => {
    const csv = parseCsv(await readShared("data/imdb_sample/texts.csv"));
    if (!csv.ok) throw new Error(csv.error.title);
    const rows = csv.value.rows.filter(([, text = ""]) => text.length < 700).slice(0, 120);
    const tokens = rows.map(([, text = ""]) => textTokenizer()(text).slice(0, 60));
    const labels = Int32Array.from(rows, ([label]) => (label === "positive" ? 1 : 0));
    const texts = numberTexts({ train: tokens.slice(0, 96), valid: tokens.slice(96) }, { maxVocab: 400, minFreq: 2 });
    const config = { ...AWD_LSTM_CLAS_CONFIG, ...sizes };
    const model = textClassifier(texts.vocab.itos.length, 2, recurrentInit(createRng(3)), {
      config,
      dropMult: 0.1,
      bptt: 20,
      maxLen: 40,
      linFtrs: [8],
    });
    const source = languageModel(texts.vocab.itos.length, recurrentInit(createRng(4)), { config: { ...AWD_LSTM_LM_CONFIG, ...sizes } }); // prettier-ignore
    expect(loadEncoder(model.encoder.module, await stateDict(source as LanguageModel)).missing).toEqual([]);
    source.dispose();
    const learn = new Learner({
      data: classifierData(texts, { batchSize: 16, classes: ["negative", "positive"], labels: { train: labels.slice(0, 96), valid: labels.slice(96) }, multipleOf: 20, seed: 1 }), // prettier-ignore
      model,
      loss: crossEntropyFlat(),
      optimizer: adamw(),
      seed: 1,
      clock: () => performance.now(),
    });
    const losses: number[] = [];
    const watch: Callback = { name: "watch", afterLosses: (_learn, _first, some) => void losses.push(...some) };
    learn.freeze();
    await learn.fit(1, 1e-2, { callbacks: [rnnTrainer(), watch] });
    learn.unfreeze();
    await learn.fitOneCycle(12, { start: 5e-3, stop: 2e-2 }, { callbacks: [rnnTrainer(), watch] });
    const last = losses.slice(-6).reduce((sum, loss) => sum + loss / 6, 0);
    // From a coin's toss, ln 2 = 0.69, to knowing the training texts.
    expect(losses).toHaveLength(78);
    expect(last).toBeLessThan(0.45);
    const answers = await learn.predict();
    expect(answers.items.toSorted()).toEqual(Int32Array.from({ length: rows.length - 96 }, (_, i) => 96 + i));
    learn.dispose();
  });
});
