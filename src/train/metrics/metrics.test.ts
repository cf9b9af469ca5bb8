// Metrics: fastai's numbers, batch by batch, padding left out.
import { tensor1d, tensor2d } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { defaultsOf } from "../../spec/params";
import { openCpu } from "../../testing/cpuDevice";
import { hasShared, readSharedJson } from "../../testing/shared";
import { uniform } from "../../testing/uniform";
import { METRICS } from "./metrics";

beforeAll(() => openCpu());

function make(id: string, options: Record<string, number> = {}) {
  const entry = METRICS.find((metric) => metric.id === id);
  if (!entry) throw new Error(id);
  return entry.make({ ...defaultsOf(entry.params), ...options });
}

const logit = (p: number) => Math.log(p / (1 - p));
const outputs = () => tensor2d([[0.9, 0.3, 0.1, 0.05].map(logit), [0.1, 0.6, 0.25, 0.1].map(logit)]);
const targets = () => tensor2d([[1, 0, 1, 0], [0, 1, 0, 0]]); // prettier-ignore

async function measure(id: string, options: Record<string, number>, y: Tensor, x: Tensor, weight?: number[]) {
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
      expect(build(defaultsOf(params)).info.better).toBe(better);
    }
  });

  it.skipIf(!hasShared)("equal fastai's on its inputs", async () => {
    type Expected = { metrics: { multi: Record<string, number>; single: Record<string, number> } };
    const { metrics } = await readSharedJson<Expected>("reference/training.json");
    const x = tensor2d(uniform("m.logits", [16, 17]), [16, 17]);
    const y = tensor2d(uniform("m.t", [16, 17]).map((u) => (u > 0.3 ? 1 : 0)), [16, 17]); // prettier-ignore
    const single = tensor2d(uniform("c.logits", [64, 7]), [64, 7]);
    const labels = tensor1d(Array.from(uniform("c.t", [64]), (u) => Math.min(6, Math.floor((u + 1) * 3.5))), "int32"); // prettier-ignore
    const found = {
      "accuracy_thresh_0.2": await measure("accuracyThresh", { thresh: 0.2 }, y, x),
      "accuracy_thresh_0.5": await measure("accuracyThresh", { thresh: 0.5 }, y, x),
      "fbeta_0.2": await measure("fbeta", { thresh: 0.2, beta: 2 }, y, x),
      "fbeta_0.5_beta1": await measure("fbeta", { thresh: 0.5, beta: 1 }, y, x),
      accuracy: await measure("accuracy", {}, labels, single),
      error_rate: await measure("errorRate", {}, labels, single),
    };
    const expected: Record<string, number> = { ...metrics.multi, ...metrics.single };
    // Float32 sums in another order.
    for (const [name, value] of Object.entries(found)) expect([name, value]).toEqual([name, expect.closeTo(expected[name] as number, 6)]); // prettier-ignore
  });
});
