// Metrics: fastai's numbers, batch by batch, padding left out.
import { slice, tensor, tensor1d, tensor2d } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { defaultsOf } from "../../spec/params";
import { openCpu } from "../../testing/cpuDevice";
import { uniform } from "../../testing/uniform";
import { kappa, matthews } from "./confusionScores";
import { fbetaOfCounts } from "./fbetaMulti";
import { METRICS } from "./metrics";
import { areaUnderRoc, averagePrecision } from "./ranking";

beforeAll(() => openCpu());

const context = { inputShape: () => [480, 640, 3] as const, vocab: () => ["sky", "road", "car", "void"] };

function make(id: string, options: Record<string, number | string> = {}) {
  const entry = METRICS.find((metric) => metric.id === id);
  if (!entry) throw new Error(id);
  return entry.make({ ...defaultsOf(entry.params), ...options }, context);
}

const logit = (p: number) => Math.log(p / (1 - p));
const outputs = () => tensor2d([[0.9, 0.3, 0.1, 0.05].map(logit), [0.1, 0.6, 0.25, 0.1].map(logit)]);
const targets = () => tensor2d([[1, 0, 1, 0], [0, 1, 0, 0]]); // prettier-ignore

async function measure(id: string, options: Record<string, number | string>, y: Tensor, x: Tensor, weight?: number[]) {
  const metric = make(id, options);
  metric.update(x, y, tensor1d(weight ?? Array<number>(x.shape[0] ?? 0).fill(1)));
  return await metric.compute();
}

describe("metrics", () => {
  it("fbeta of the lesson's two items is 2/3, accuracy at 0.2 is 0.625", async () => {
    expect(await measure("fbeta", { thresh: 0.2, beta: 2 }, targets(), outputs())).toBeCloseTo(2 / 3, 4);
    expect(await measure("accuracyThresh", { thresh: 0.2 }, targets(), outputs())).toBe(0.625);
  });

  it("an item without labels or without predictions counts as 0 in fbeta", async () => {
    const y = tensor2d([[0, 0], [1, 0]]); // prettier-ignore
    const x = tensor2d([[5, 5], [-5, -5]]); // prettier-ignore
    expect(await measure("fbeta", {}, y, x)).toBe(0);
  });

  it("accuracy and error rate gather over batches and leave padding out", async () => {
    const [accuracy, error] = [make("accuracy"), make("errorRate")];
    const batches = [
      { x: [[1, 2], [3, 1]], y: [1, 1], weight: [1, 1] }, // prettier-ignore
      { x: [[1, 2], [9, 1]], y: [1, 1], weight: [1, 0] }, // prettier-ignore
    ];
    for (const { x, y, weight } of batches) {
      for (const metric of [accuracy, error]) metric.update(tensor2d(x), tensor1d(y, "int32"), tensor1d(weight));
    }
    expect(await accuracy.compute()).toBeCloseTo(2 / 3, 6);
    expect(await error.compute()).toBeCloseTo(1 / 3, 6);
    accuracy.reset();
    expect(await accuracy.compute()).toBeNull();
  });

  it("say of themselves what they are", () => {
    for (const { params, tasks, better, make: build } of METRICS) {
      expect(tasks.length).toBeGreaterThan(0);
      expect(build(defaultsOf(params), context).info.better).toBe(better);
    }
  });

  it("those of the whole epoch do not depend on how it was cut into batches", async () => {
    const x = tensor2d(uniform("x", [12, 3]), [12, 3]);
    const y = tensor1d(Array.from({ length: 12 }, (_, i) => i % 3), "int32"); // prettier-ignore
    const weight = tensor1d(Array.from({ length: 12 }, (_, i) => (i === 11 ? 0 : 1))); // prettier-ignore
    for (const id of ["precision", "recall", "fbetaScore", "matthews", "kappa", "rocAuc", "apScore", "perplexity"]) {
      const [whole, cut] = [make(id), make(id)];
      whole.update(x, y, weight);
      for (const [from, length] of [
        [0, 5],
        [5, 4],
        [9, 3],
      ] as const)
        // prettier-ignore
        cut.update(slice(x, [from, 0], [length, 3]), slice(y, [from], [length]), slice(weight, [from], [length]));
      expect([id, await cut.compute()]).toEqual([id, expect.closeTo((await whole.compute()) as number, 6)]);
    }
  });

  it("moments of numbers survive a large offset, over batches", async () => {
    const t = [1000.1, 1000.2, 1000.4, 999.9, 1000, 1000.3];
    const x = [1000.2, 1000.1, 1000.5, 1000, 1000.1, 1000.1];
    const [metric, whole] = [make("r2"), make("pearson")];
    for (const i of [0, 2, 4]) {
      const [outputs, y] = [tensor2d([[x[i] ?? 0], [x[i + 1] ?? 0]]), tensor2d([[t[i] ?? 0], [t[i + 1] ?? 0]])];
      for (const one of [metric, whole]) one.update(outputs, y, tensor1d([1, 1]));
    }
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const [mt, mx] = [mean(t), mean(x)];
    const total = mean(t.map((value) => (value - mt) ** 2));
    // Float32 keeps four digits of the hundredths at a thousand.
    expect(await metric.compute()).toBeCloseTo(1 - mean(t.map((value, i) => (value - (x[i] ?? 0)) ** 2)) / total, 2);
    const together = mean(t.map((value, i) => (value - mt) * ((x[i] ?? 0) - mx)));
    const spread = Math.sqrt(total * mean(x.map((value) => (value - mx) ** 2)));
    expect(await whole.compute()).toBeCloseTo(together / spread, 3);
  });

  it("points are measured in pixels of the picture", async () => {
    // Half a picture down and a quarter to the right of a point in its middle: 240 and 160 pixels of 480 × 640.
    const x = tensor2d([[1, 0.5, 0, 0]]);
    const y = tensor([0, 0, 0, 0], [1, 2, 2]);
    expect(await measure("pointError", {}, y, x)).toBeCloseTo(Math.hypot(240, 160) / 2, 3);
  });

  it("masks: a class that is nowhere does not count, and void pixels neither", async () => {
    const y = tensor([0, 1, 1, 3], [1, 2, 2], "int32");
    const x = tensor([9, 0, 0, 0, 0, 9, 0, 0, 9, 0, 0, 0, 0, 9, 0, 0], [1, 2, 2, 4]); // 0, 1, 0, 1
    expect(await measure("accCamvid", { void: "void" }, y, x)).toBeCloseTo(2 / 3, 6);
    expect(await measure("meanIou", { void: "3" }, y, x)).toBeCloseTo((1 / 2 + 1 / 2) / 2, 6);
    expect(await measure("meanIou", {}, y, x)).toBeCloseTo((1 / 2 + 1 / 3 + 0) / 3, 6);
    expect(await measure("diceMulti", { void: "3" }, y, x)).toBeCloseTo(2 / 3, 6);
    const empty = tensor([0, 0, 0, 0], [1, 2, 2], "int32");
    expect(await measure("dice", {}, empty, tensor([9, 0, 9, 0, 9, 0, 9, 0], [1, 2, 2, 2]))).toBe(1);
  });

  it("ranking agrees with scikit-learn's example, also with ties", () => {
    const items = [[0.1, false], [0.4, false], [0.35, true], [0.8, true]].map(([score, positive]) => ({ score, positive })) as { score: number; positive: boolean }[]; // prettier-ignore
    expect(areaUnderRoc(items)).toBe(0.75);
    expect(averagePrecision(items)).toBeCloseTo(0.8333333, 6);
    expect(areaUnderRoc(items.map(({ positive }) => ({ score: 1, positive })))).toBe(0.5);
  });

  it("kappa and Matthews of scikit-learn's examples", () => {
    const [truth, answer] = [[2, 0, 2, 2, 0, 1], [0, 0, 2, 2, 0, 2]]; // prettier-ignore
    const matrix = [0, 1, 2].map((row) => [0, 1, 2].map((column) => truth.filter((t, i) => t === row && answer[i] === column).length)); // prettier-ignore
    expect(kappa(matrix, "none")).toBeCloseTo(0.4285714, 6);
    expect(matthews([[1, 1], [1, 3]])).toBeCloseTo(0.25, 6); // prettier-ignore
  });

  it("F-beta of labels, micro, macro and weighted", () => {
    // right, predicted, present of three labels.
    const counts = [2, 1, 0, 2, 2, 1, 4, 1, 0];
    const f = (p: number, r: number) => (2 * p * r) / (p + r);
    expect(fbetaOfCounts(counts, "micro", 1)).toBeCloseTo(f(3 / 5, 3 / 5), 6);
    expect(fbetaOfCounts(counts, "macro", 1)).toBeCloseTo((f(1, 0.5) + f(0.5, 1) + 0) / 3, 6);
    expect(fbetaOfCounts(counts, "weighted", 1)).toBeCloseTo((4 * f(1, 0.5) + f(0.5, 1)) / 5, 6);
  });
});
