// The text models' names, sizes and chunks, other vocabularies, and what they carry from batch to batch.
import { engine, reverse, slice, zeros } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor2D, Tensor3D } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { createRng } from "../../../base/rng";
import { readback } from "../../../tensor/readback";
import { liveTensors } from "../../../tensor/scope";
import { tensorOf } from "../../../tensor/writeTensor";
import { openCpu } from "../../../testing/cpuDevice";
import { Lstm } from "../../layers/lstm";
import { seedDropout } from "../../layers/dropout";
import { recurrentInit, recurrentShapesOnly } from "../../recurrentInit";
import { loadStateDict, stateDict, stateShapes } from "../../stateDict";
import type { HostTensor } from "../../stateDict";
import { AWD_LSTM_CLAS_CONFIG, AWD_LSTM_LM_CONFIG, withDropMult } from "./awdLstmConfig";
import { keptChunks } from "./keptChunks";
import { languageModel } from "./languageModel";
import { convertWeights, loadEncoder } from "./pretrained";
import { textClassifier } from "./textClassifier";

beforeAll(() => openCpu());

const small = { ...AWD_LSTM_LM_CONFIG, embSz: 6, nHid: 10, nLayers: 2 };
const init = (seed: number) => recurrentInit(createRng(seed));
const ids = (rows: number[][]) => tensorOf(Int32Array.from(rows.flat()), [rows.length, rows[0]?.length ?? 0], "int32");

async function run(model: { forward(x: Tensor): Tensor }, x: Tensor): Promise<number[]> {
  const y = engine().tidy(() => model.forward(x));
  const values = [...(await readback(y))];
  y.dispose();
  return values;
}

describe("sizes", () => {
  it("fastai's language model has 44.3 million parameters at 60,000 words, its tables counted once", () => {
    const model = languageModel(60_000, recurrentShapesOnly);
    const lstms = model.encoder.rnns.reduce((sum, rnn) => sum + rnn.parameterCount, 0);
    expect(lstms).toBe(20_273_280);
    expect(model.parameterCount).toBe(20_273_280 + 60_000 * 400 + 60_000);
    expect(stateShapes(model).get("1.decoder.weight")).toEqual([60_000, 400]);
    expect([...stateShapes(model)]).toHaveLength(19);
  });

  it("its classifier's head has 62,652 parameters for two classes", () => {
    const model = textClassifier(100, 2, recurrentShapesOnly);
    expect(model.head.parameterCount).toBe(62_652);
    expect(model.groups).toHaveLength(5);
    expect([...stateShapes(model).keys()].filter((name) => name.startsWith("1.layers.") && name.endsWith("weight"))).toEqual(
      ["1.layers.0.weight", "1.layers.2.weight", "1.layers.4.weight", "1.layers.6.weight"],
    ); // prettier-ignore
  });

  it("both directions have PyTorch's names, and only the first is dropped", () => {
    const model = languageModel(20, recurrentShapesOnly, { config: { ...small, bidir: true } });
    const names = [...stateShapes(model)].filter(([name]) => name.startsWith("0.rnns.0."));
    expect(names.map(([name, shape]) => `${name.slice(9)} ${shape.join()}`)).toEqual([
      "weight_hh_l0_raw 20,5",
      "module.weight_ih_l0 20,6",
      "module.weight_hh_l0 20,5",
      "module.bias_ih_l0 20",
      "module.bias_hh_l0 20",
      "module.weight_ih_l0_reverse 20,6",
      "module.weight_hh_l0_reverse 20,5",
      "module.bias_ih_l0_reverse 20",
      "module.bias_hh_l0_reverse 20",
    ]);
  });

  it("the second direction is the first one on the text turned round", async () => {
    const both = new Lstm(3, 4, true, init(5));
    const back = new Lstm(3, 4, false, init(6));
    const renamed = [...(await stateDict(both))].filter(([name]) => name.endsWith("_reverse"));
    loadStateDict(back, new Map(renamed.map(([name, value]) => [name.replace("_reverse", ""), value])));
    const x = recurrentInit(createRng(9)).uniform([2, 5, 3], 1) as Tensor3D;
    const zero = () => ({ h: zeros([2, 4]) as Tensor2D, c: zeros([2, 4]) as Tensor2D });
    const turned = back.run(reverse(x, 1), [zero()]);
    const whole = both.run(x, [zero(), zero()]);
    const expected = await readback(reverse(turned.y, 1));
    expect(await readback(slice(whole.y, [0, 0, 4], [2, 5, 4]))).toEqual(expected);
    expect(await readback((whole.states[1] as { h: Tensor }).h)).toEqual(await readback((turned.states[0] as { h: Tensor }).h)); // prettier-ignore
  });

  it("drop_mult multiplies every dropout", () => {
    expect(withDropMult(AWD_LSTM_CLAS_CONFIG, 0.5)).toMatchObject({
      outputP: 0.2, hiddenP: 0.15, inputP: 0.2, embedP: 0.025, weightP: 0.25, nHid: 1152,
    }); // prettier-ignore
  });
});

describe("chunks", () => {
  const kept = (length: number, bptt: number, maxLen: number) =>
    keptChunks(length, bptt, maxLen).filter(({ keep }) => keep).map(({ start, size }) => [start, size]); // prettier-ignore

  it.each([
    [25, 7, 14, [[14, 7], [21, 4]]],
    [10, 7, 1400, [[0, 7], [7, 3]]],
    // Strictly: a text of exactly maxLen loses its first chunk.
    [14, 7, 14, [[7, 7]]],
    [7, 7, 7, [[0, 7]]],
    [5, 7, 14, [[0, 5]]],
  ] as const)("%i tokens by %i, the last %i", (length, bptt, maxLen, expected) =>
    expect(kept(length, bptt, maxLen)).toEqual(expected)); // prettier-ignore
});

describe("the state between batches", () => {
  const text = [[2, 5, 6, 7, 8, 9], [3, 4, 5, 6, 2, 2]]; // prettier-ignore
  const halves = [text.map((row) => row.slice(0, 3)), text.map((row) => row.slice(3))] as const;

  it.each([false, true])(
    "two halves give what the whole gives, bidirectional: %s only the other way round",
    async (bidir) => {
      const model = languageModel(12, init(1), { config: { ...small, bidir } }).eval();
      const whole = await run(model, ids(text));
      model.reset();
      const parts = [await run(model, ids(halves[0])), await run(model, ids(halves[1]))] as const;
      const joined = [0, 1].flatMap((row) => parts.flatMap((part) => part.slice(row * 36, (row + 1) * 36)));
      const error = Math.max(...whole.map((value, i) => Math.abs(value - (joined[i] as number))));
      if (bidir) expect(error).toBeGreaterThan(1e-4);
      else expect(error).toBeLessThan(1e-6);
      model.dispose();
    },
  );

  it("is forgotten on reset and when the number of rows changes, and can be picked by rows", async () => {
    const model = languageModel(12, init(1), { config: small }).eval() as ReturnType<typeof languageModel>;
    const fresh = await run(model, ids(halves[1]));
    model.reset();
    await run(model, ids(halves[0]));
    const carried = await run(model, ids(halves[1]));
    expect(carried).not.toEqual(fresh);
    model.reset();
    await run(model, ids(halves[0]));
    model.encoder.selectHidden([1, 0, 1]);
    const [first = [], second = []] = halves[1];
    const picked = await run(model, ids([second, first, second]));
    expect(picked.slice(0, 36)).toEqual(carried.slice(36));
    expect(picked.slice(36, 72)).toEqual(carried.slice(0, 36));
    expect(picked.slice(72)).toEqual(picked.slice(0, 36));
    expect(await run(model, ids(halves[1]))).toEqual(fresh);
    model.dispose();
  });

  it("goes into a checkpoint and comes back", async () => {
    const model = languageModel(12, init(1), { config: small }).eval() as ReturnType<typeof languageModel>;
    await run(model, ids(halves[0]));
    const saved = new Map<string, { shape: number[]; data: Float32Array }>();
    for (const [name, tensor] of model.encoder.carried()) {
      saved.set(name, { shape: [...tensor.shape], data: (await readback(tensor)) as Float32Array });
    }
    expect(saved.size).toBe(4);
    const carried = await run(model, ids(halves[1]));
    model.encoder.takeCarried(saved);
    expect(await run(model, ids(halves[1]))).toEqual(carried);
    model.dispose();
  });

  it("a forward pass leaves nothing behind but its state, and dispose not even that", async () => {
    const before = liveTensors();
    const model = languageModel(12, init(1), { config: small }).train() as ReturnType<typeof languageModel>;
    const x = ids(text);
    await run(model, x);
    const after = liveTensors();
    for (let i = 0; i < 3; i += 1) await run(model, x);
    expect(liveTensors()).toBe(after);
    x.dispose();
    model.dispose();
    expect(liveTensors()).toBe(before);
  });
});

it("dropouts differ from step to step and chunk to chunk, and repeat for a seed", async () => {
  const model = textClassifier(12, 3, init(1), { config: { ...AWD_LSTM_CLAS_CONFIG, embSz: 6, nHid: 10, nLayers: 2 }, bptt: 2 }).train() as ReturnType<typeof textClassifier>; // prettier-ignore
  const x = ids([[2, 5, 2, 5], [3, 4, 3, 4]]); // prettier-ignore
  const output = async (seed: number) => {
    seedDropout(model, seed);
    return run({ forward: (input) => model.encoder.forward(input) }, x);
  };
  const first = await output(1);
  expect(await output(1)).toEqual(first);
  expect(await output(2)).not.toEqual(first);
  model.dispose();
});

describe("pretrained weights", () => {
  it("are turned into another vocabulary: known rows move, unknown ones are the mean", () => {
    const table: HostTensor = { shape: [3, 2], data: Float32Array.of(1, 2, 3, 4, 5, 12) };
    const bias: HostTensor = { shape: [3], data: Float32Array.of(1, 2, 6) };
    const other: HostTensor = { shape: [2], data: Float32Array.of(7, 8) };
    const state = new Map([["0.encoder.weight", table], ["0.encoder_dp.emb.weight", table], ["1.decoder.weight", table], ["1.decoder.bias", bias], ["0.rnns.0.module.bias_ih_l0", other]]); // prettier-ignore
    const converted = convertWeights(state, ["a", "b", "c"], ["c", "new", "a", "__proto__"]);
    for (const name of ["0.encoder.weight", "0.encoder_dp.emb.weight", "1.decoder.weight"]) {
      expect(converted.get(name)).toEqual({ shape: [4, 2], data: Float32Array.of(5, 12, 3, 6, 1, 2, 3, 6) });
    }
    expect(converted.get("1.decoder.bias")).toEqual({ shape: [4], data: Float32Array.of(6, 3, 1, 3) });
    expect(converted.get("0.rnns.0.module.bias_ih_l0")).toBe(other);
  });

  it("a language model's encoder goes into a classifier, all of it", async () => {
    const model = languageModel(12, init(1), { config: small });
    const classifier = textClassifier(12, 2, init(2), { config: small });
    const report = loadEncoder(classifier.encoder.module, await stateDict(model), "lm.pth");
    expect(report).toEqual({ name: "lm.pth", matched: 12, missing: [], extra: [], misshapen: [] });
    const encoder = new Map([...(await stateDict(classifier))].filter(([name]) => name.startsWith("0.module."))); // prettier-ignore
    const state = await stateDict(model);
    for (const [name, tensor] of encoder) expect(tensor).toEqual(state.get(name.replace("0.module.", "0.")));
  });

  it("a saved state comes back bit for bit, shared tensors under each of their names", async () => {
    const [a, b] = [languageModel(12, init(1), { config: small }), languageModel(12, init(2), { config: small })];
    const saved = await stateDict(a);
    expect(saved.get("0.rnns.0.weight_hh_l0_raw")).toEqual(saved.get("0.rnns.0.module.weight_hh_l0"));
    expect(saved.get("1.decoder.weight")).toEqual(saved.get("0.encoder.weight"));
    expect(loadStateDict(b, saved).matched).toBe(14);
    expect(await stateDict(b)).toEqual(saved);
    // fastai's newer files know the recurrent weights by one name, and older ones keep a dropped copy under the other.
    const copy = { shape: [40, 10], data: new Float32Array(400) };
    const single = new Map([...saved].filter(([name]) => name !== "0.rnns.0.module.weight_hh_l0"));
    expect(loadStateDict(b, single)).toMatchObject({ matched: 13, missing: [] });
    loadStateDict(b, new Map([...saved, ["0.rnns.0.module.weight_hh_l0", copy]]));
    expect(await stateDict(b)).toEqual(saved);
  });
});
