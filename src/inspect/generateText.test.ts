// Writing on: what may come next, repeated by seed, and a beam that finds the likeliest sentence.
import { engine, logSoftmax } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { createRng } from "../base/rng";
import { vocabOf } from "../data/text/textVocab";
import { SPECIALS } from "../data/text/specials";
import { AWD_LSTM_LM_CONFIG } from "../nn/models/text/awdLstmConfig";
import { languageModel } from "../nn/models/text/languageModel";
import type { LanguageModel } from "../nn/models/text/languageModel";
import { recurrentInit } from "../nn/recurrentInit";
import { readback } from "../tensor/readback";
import { liveTensors } from "../tensor/scope";
import { tensorOf } from "../tensor/writeTensor";
import { openCpu } from "../testing/cpuDevice";
import { beamSearch, generateText } from "./generateText";
import { drawIndex, nextWordWeights } from "./nextWord";

beforeAll(() => openCpu());

const vocab = vocabOf([...SPECIALS, "a", "b", "c"]);
const prompt = vocab.numericalize(["xxbos", "a"]);

/** Untrained, but with weights large enough to have opinions. */
function model(seed: number): LanguageModel {
  const wide = recurrentInit(createRng(seed));
  const init = { ...wide, uniform: (shape: readonly number[], bound: number) => wide.uniform(shape, bound * 8) };
  return languageModel(vocab.itos.length, init, { config: { ...AWD_LSTM_LM_CONFIG, embSz: 6, nHid: 8, nLayers: 2 } });
}

/** −log of the probability of going on with these ids. */
async function cost(lm: LanguageModel, ids: ArrayLike<number>): Promise<number> {
  const all = [...prompt, ...Array.from(ids)];
  lm.eval().reset();
  const y = engine().tidy(() => logSoftmax(lm.forward(tensorOf(Int32Array.from(all.slice(0, -1)), [1, all.length - 1], "int32")))); // prettier-ignore
  const logs = await readback(y);
  y.dispose();
  lm.reset();
  const size = vocab.itos.length;
  return Array.from(ids).reduce((sum, id, i) => sum - (logs[(prompt.length - 1 + i) * size + id] as number), 0);
}

describe("the next word", () => {
  const p = [0.1, 0.2, 0.3, 0.4];

  it("is never a forbidden or an unlikely one, and one of the likeliest", () => {
    expect([...nextWordWeights(p, { never: [3], minP: 0.15 })]).toEqual([0, 0.2, 0.3, 0]);
    expect([...nextWordWeights(p, { topK: 2 })]).toEqual([0, 0, 0.3, 0.4]);
    // Nothing is that likely: fastai warns and leaves all.
    expect([...nextWordWeights(p, { minP: 0.9 })]).toEqual(p);
  });

  it("temperature sharpens without vanishing", () => {
    const [a = 0, b = 0] = nextWordWeights([1e-30, 2e-30], { temperature: 0.05 });
    expect(b).toBe(1);
    expect(a).toBeCloseTo(2 ** -20, 10);
  });

  it("is drawn as often as its weight says", () => {
    const rng = createRng(1);
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < 4000; i += 1) (counts[drawIndex([1, 0, 2, 1], rng)] as number) += 1;
    expect(counts[1]).toBe(0);
    // Binomial(4000, 1/2): five standard deviations are 158.
    expect(Math.abs((counts[2] as number) - 2000)).toBeLessThan(158);
    expect(drawIndex([0, 0, 1], createRng(2))).toBe(2);
  });
});

describe("generated text", () => {
  it("repeats itself for a seed, differs for another, knows no xxunk, and leaves nothing behind", async () => {
    const lm = model(1);
    const before = liveTensors();
    const heard: number[] = [];
    const options = { model: lm, vocab, prompt, words: 12, seed: 1, temperature: 1.5 };
    const one = await generateText({ ...options, onWord: (id) => heard.push(id) });
    expect(one.ids).toHaveLength(12);
    expect([...one.ids]).toEqual(heard);
    expect(await generateText(options)).toEqual(one);
    expect(await generateText({ ...options, seed: 2 })).not.toEqual(one);
    for (let seed = 0; seed < 5; seed += 1) expect((await generateText({ ...options, seed })).tokens).not.toContain("xxunk"); // prettier-ignore
    expect(liveTensors()).toBe(before);
    lm.dispose();
  });

  it("with one candidate it is the likeliest word at every step", async () => {
    const lm = model(2);
    const { ids } = await generateText({ model: lm, vocab, prompt, words: 3, seed: 1, topK: 1 });
    const [first = 0] = ids;
    const costs = await Promise.all([...vocab.itos.keys()].slice(1).map(async (id) => [id, await cost(lm, [id])] as const)); // prettier-ignore
    expect(first).toBe(costs.toSorted((a, b) => a[1] - b[1])[0]?.[0]);
    lm.dispose();
  });

  it("stops when told", async () => {
    const lm = model(1);
    await expect(generateText({ model: lm, vocab, prompt, words: 5, seed: 1, signal: AbortSignal.abort() })).rejects.toThrow(); // prettier-ignore
    lm.dispose();
  });
});

describe("a beam", () => {
  it("wide enough finds the likeliest sentence of all", async () => {
    const lm = model(3);
    const before = liveTensors();
    const size = vocab.itos.length;
    // Nearly no temperature: the likeliest branch is drawn.
    const found = await beamSearch({ model: lm, vocab, prompt, words: 2, seed: 1, topK: size, beamSize: size * size, temperature: 1e-4 }); // prettier-ignore
    let best: { ids: number[]; cost: number } = { ids: [], cost: Number.POSITIVE_INFINITY };
    for (let a = 1; a < size; a += 1) {
      for (let b = 1; b < size; b += 1) {
        const own = await cost(lm, [a, b]);
        if (own < best.cost) best = { ids: [a, b], cost: own };
      }
    }
    expect([...found.ids]).toEqual(best.ids);
    expect(liveTensors()).toBe(before);
    lm.dispose();
  });

  it("repeats itself for a seed and keeps xxunk out", async () => {
    const lm = model(4);
    const options = { model: lm, vocab, prompt, words: 6, seed: 5, topK: 3, beamSize: 8 };
    const one = await beamSearch(options);
    expect(one.tokens).toHaveLength(6);
    expect(one.tokens).not.toContain("xxunk");
    expect(await beamSearch(options)).toEqual(one);
    lm.dispose();
  });
});
