// Mixed precision: the loss scale finds its level, hopeless fits go on in float32, and resumed ones exactly as they were.
import { beforeAll, describe, expect, test } from "vitest";
import { openCpu } from "../testing/cpuDevice";
import { lossesOf, mixedLearner } from "../testing/mixedLearner";
import { writeTensor } from "../tensor/writeTensor";
import type { Callback } from "./callback";
import { mixedPrecision } from "./callbacks/mixedPrecision";

beforeAll(() => openCpu());

describe("the loss scale in training", () => {
  test("leaves steps out while gradients overflow, halves the scale each time, then trains as if they had not been", async () => {
    const learn = mixedLearner({ precision: "f16", depth: 2, size: 8, batchSize: 4 });
    if (!learn.scaling) throw new Error("no scale");
    // Gradients of about a hundredth overflow a half float at 2^24, and fit at a few halvings less.
    writeTensor(learn.scaling.scale, new Float32Array([2 ** 24]));
    const weights: string[] = [];
    const scales: number[] = [];
    const look: Callback = {
      name: "look",
      async afterBatch({ scaling, model, training }) {
        if (!training || !scaling) return;
        scales.push((await scaling.scale.data())[0] ?? 0);
        weights.push((await model.namedParameters()[0]?.[1].tensor.data())?.join() ?? "");
      },
    };
    const losses = await lossesOf(learn, 3, [look]);
    const skipped = await learn.scaling.skipped();
    expect(skipped).toBeGreaterThan(0);
    expect(skipped).toBeLessThan(14);
    expect(scales.slice(0, skipped)).toEqual(Array.from({ length: skipped }, (_, i) => 2 ** (23 - i)));
    expect(new Set(weights.slice(0, skipped)).size).toBe(1);
    expect(new Set(weights.slice(skipped - 1)).size).toBe(weights.length - skipped + 1);
    expect(losses.every(Number.isFinite)).toBe(true);
    // Adam's first step is as long as the rate, whichever step of the run it is.
    const [before, after] = [weights[skipped - 1], weights[skipped]].map((text) => (text ?? "").split(",").map(Number));
    const moved = Math.max(...(before ?? []).map((value, i) => Math.abs((after?.[i] ?? NaN) - value)));
    expect(moved).toBeGreaterThan(0.0095);
    expect(moved).toBeLessThan(0.0105);
    learn.dispose();
  });

  test("goes on in float32, from finite weights and statistics, where every scale overflows", async () => {
    const learn = mixedLearner({ precision: "f16", depth: 2, size: 8, batchSize: 4 });
    if (!learn.scaling) throw new Error("no scale");
    writeTensor(learn.scaling.scale, new Float32Array([4]));
    // Pictures a million times too bright: already the first convolution leaves the range of half floats.
    const bright: Callback = { name: "bright", order: -20, beforeBatch({ current, training }) { if (training && current) writeTensor(current.x, new Float32Array(current.x.size).map((_, i) => ((i % 7) - 3) * 1e6)); } }; // prettier-ignore
    const told: string[] = [];
    await lossesOf(learn, 4, [bright, mixedPrecision({ onFallback: (why) => void told.push(why), every: 1 })]);
    expect(told).toEqual(["overflow"]);
    expect(learn.scaling).toBeNull();
    const { tensors } = await learn.state();
    for (const [name, { data }] of tensors) expect(data.every(Number.isFinite), name).toBe(true);
    learn.dispose();
  });

  test("goes on exactly from its saved state", async () => {
    const [whole, first, second] = [mixedLearner({ precision: "f16", depth: 2, size: 8, batchSize: 4 }), mixedLearner({ precision: "f16", depth: 2, size: 8, batchSize: 4 }), mixedLearner({ precision: "f16", depth: 2, size: 8, batchSize: 4 })]; // prettier-ignore
    for (const learn of [whole, first]) await learn.fit(1, 0.01);
    second.restore(await first.state());
    for (const learn of [whole, second]) await learn.fit(1, 0.01);
    expect((await second.state()).tensors).toEqual((await whole.state()).tensors);
    for (const learn of [whole, first, second]) learn.dispose();
  });
});
