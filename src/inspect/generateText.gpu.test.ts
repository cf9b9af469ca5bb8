// Writing on WebGPU: word by word it takes what the whole sentence's logits say, and a wide beam finds the best sentence.
import { engine, logSoftmax } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createRng } from "../base/rng";
import { SPECIALS } from "../data/text/specials";
import { vocabOf } from "../data/text/textVocab";
import { AWD_LSTM_LM_CONFIG } from "../nn/models/text/awdLstmConfig";
import { languageModel } from "../nn/models/text/languageModel";
import type { LanguageModel } from "../nn/models/text/languageModel";
import { recurrentInit } from "../nn/recurrentInit";
import { openDevice } from "../tensor/device";
import type { Device } from "../tensor/device";
import { readback } from "../tensor/readback";
import { liveTensors } from "../tensor/scope";
import { tensorOf } from "../tensor/writeTensor";
import { beamSearch, generateText } from "./generateText";

let device: Device;
const problems: string[] = [];

beforeAll(async () => {
  device = await openDevice({ onProblem: ({ title, debug }) => void problems.push(`${title} ${debug ?? ""}`) });
});
afterAll(() => {
  device.close();
  expect(problems).toEqual([]);
});

const vocab = vocabOf([...SPECIALS, "a", "b", "c"]);
const size = vocab.itos.length;
const prompt = vocab.numericalize(["xxbos", "a"]);

function model(seed: number): LanguageModel {
  const plain = recurrentInit(createRng(seed));
  const init = { ...plain, uniform: (shape: readonly number[], bound: number) => plain.uniform(shape, bound * 8) };
  return languageModel(size, init, { config: { ...AWD_LSTM_LM_CONFIG, embSz: 6, nHid: 8, nLayers: 2 } });
}

/** Log-probabilities after every word of some rows, [rows, length, V]. */
async function logsOf(lm: LanguageModel, rows: readonly (readonly number[])[]): Promise<ArrayLike<number>> {
  lm.eval().reset();
  const length = rows[0]?.length ?? 0;
  const y = engine().tidy(() => logSoftmax(lm.forward(tensorOf(Int32Array.from(rows.flat()), [rows.length, length], "int32")))); // prettier-ignore
  const values = await readback(y);
  y.dispose();
  lm.reset();
  return values;
}

it("takes the likeliest word at every step when there is one candidate", async () => {
  const lm = model(2);
  const before = liveTensors();
  const { ids } = await generateText({ model: lm, vocab, prompt, words: 6, seed: 1, topK: 1 });
  const logs = await logsOf(lm, [[...prompt, ...ids]]);
  ids.forEach((id, step) => {
    const own = Array.from({ length: size }, (_, k) => logs[(prompt.length - 1 + step) * size + k] as number);
    // Rounding may not decide: the two passes add up in the same order.
    expect(own.indexOf(Math.max(...own.slice(1)))).toBe(id);
  });
  expect(liveTensors()).toBe(before);
  lm.dispose();
});

it("finds the likeliest of all sentences with a beam that holds them all", async () => {
  const lm = model(3);
  const found = await beamSearch({ model: lm, vocab, prompt, words: 2, seed: 1, topK: size, beamSize: size * size, temperature: 1e-4 }); // prettier-ignore
  const pairs = Array.from({ length: (size - 1) ** 2 }, (_, i) => [1 + Math.floor(i / (size - 1)), 1 + (i % (size - 1))] as const); // prettier-ignore
  const logs = await logsOf(lm, pairs.map(([first]) => [...prompt, first])); // prettier-ignore
  const score = ([first, second]: readonly [number, number], row: number): number => {
    const at = (step: number, id: number): number => logs[(row * 3 + prompt.length - 1 + step) * size + id] as number;
    return at(0, first) + at(1, second);
  };
  const scores = pairs.map(score);
  expect([...found.ids]).toEqual(pairs[scores.indexOf(Math.max(...scores))]);
  lm.dispose();
});
