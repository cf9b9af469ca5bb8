// Attention to words, against what changing a word's vector does to the answer.
import { beforeAll, describe, expect, it } from "vitest";
import { createRng } from "../base/rng";
import { AWD_LSTM_CLAS_CONFIG } from "../nn/models/text/awdLstmConfig";
import { textClassifier } from "../nn/models/text/textClassifier";
import type { TextClassifier } from "../nn/models/text/textClassifier";
import { recurrentInit } from "../nn/recurrentInit";
import { loadStateDict, stateDict } from "../nn/stateDict";
import { liveTensors } from "../tensor/scope";
import { openCpu } from "../testing/cpuDevice";
import { intrinsicAttention } from "./intrinsicAttention";

beforeAll(() => openCpu());

const size = 5;

function model(): TextClassifier {
  const plain = recurrentInit(createRng(7));
  const init = { ...plain, uniform: (shape: readonly number[], bound: number) => plain.uniform(shape, bound * 4) };
  return textClassifier(12, 3, init, { config: { ...AWD_LSTM_CLAS_CONFIG, embSz: size, nHid: 6, nLayers: 2 } });
}

/** Probability of a class with one number of the embedding's table moved. */
async function moved(lm: TextClassifier, ids: Int32Array, classId: number, at: number, by: number): Promise<number> {
  const state = await stateDict(lm);
  const name = "0.module.encoder.weight";
  const table = state.get(name) as { shape: number[]; data: Float32Array };
  const data = table.data.slice();
  (data[at] as number) += by;
  loadStateDict(lm, new Map([[name, { shape: table.shape, data }]]));
  const { probabilities } = await intrinsicAttention(lm, ids, classId);
  loadStateDict(lm, new Map([[name, table]]));
  return probabilities[classId] as number;
}

describe("intrinsic attention", () => {
  it("is the change of the answer with each word, by finite differences", async () => {
    const lm = model();
    const before = liveTensors();
    // Every word once, so that moving its row moves one place.
    const ids = Int32Array.of(2, 7, 4, 9);
    const { weights, probabilities, classId } = await intrinsicAttention(lm, ids);
    expect(classId).toBe(probabilities.indexOf(Math.max(...probabilities)));
    expect(Math.max(...weights)).toBe(1);
    const sums: number[] = [];
    for (const id of ids) {
      let sum = 0;
      for (let k = 0; k < size; k += 1) {
        const [up, down] = [await moved(lm, ids, classId, id * size + k, 1e-2), await moved(lm, ids, classId, id * size + k, -1e-2)]; // prettier-ignore
        sum += Math.abs(up - down);
      }
      sums.push(sum);
    }
    // Differences of float32 probabilities over 0.02.
    weights.forEach((weight, t) =>
      expect(Math.abs(weight - (sums[t] as number) / Math.max(...sums))).toBeLessThan(2e-2),
    );
    expect(liveTensors()).toBe(before);
    lm.dispose();
  });

  it("looks at the class it is asked for, and refuses an empty text", async () => {
    const lm = model();
    const ids = Int32Array.of(2, 3, 4);
    expect((await intrinsicAttention(lm, ids, 0)).classId).toBe(0);
    expect((await intrinsicAttention(lm, ids, 0)).weights).not.toEqual((await intrinsicAttention(lm, ids, 2)).weights);
    await expect(intrinsicAttention(lm, new Int32Array(0))).rejects.toThrow("no word");
    lm.dispose();
  });
});
