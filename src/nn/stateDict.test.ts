// State dicts: out and in again without a bit changed, and a report on what does not fit.
import { beforeAll, describe, expect, it } from "vitest";
import { createRng } from "../base/rng";
import { openCpu } from "../testing/cpuDevice";
import { kaimingNormal } from "./init";
import { BatchNorm } from "./layers/batchNorm";
import { Conv2d } from "./layers/conv2d";
import { Linear } from "./layers/linear";
import { Sequential } from "./layers/sequential";
import { loadStateDict, stateDict, stateShapes } from "./stateDict";

beforeAll(() => openCpu());

function net(seed: number): Sequential {
  const init = kaimingNormal(createRng(seed), "in");
  const conv = new Conv2d({ inputs: 2, outputs: 4, kernel: 3, bias: true }, init);
  return new Sequential([conv, new BatchNorm("BatchNorm2d", 4, init), new Linear(4, 3, init)]);
}

describe("stateDict", () => {
  it("has PyTorch's names, order and shapes", () => {
    expect([...stateShapes(net(1))]).toEqual([
      ["0.weight", [4, 2, 3, 3]],
      ["0.bias", [4]],
      ["1.weight", [4]],
      ["1.bias", [4]],
      ["1.running_mean", [4]],
      ["1.running_var", [4]],
      ["1.num_batches_tracked", []],
      ["2.weight", [3, 4]],
      ["2.bias", [3]],
    ]);
  });

  it("comes back bit for bit in another model", async () => {
    const [a, b] = [net(1), net(2)];
    const saved = await stateDict(a);
    expect(await stateDict(b)).not.toEqual(saved);
    const report = loadStateDict(b, saved, "a.safetensors");
    expect(report).toEqual({ name: "a.safetensors", matched: 9, missing: [], extra: [], misshapen: [] });
    expect(await stateDict(b)).toEqual(saved);
  });

  it("takes what fits and names what is missing, extra or of another shape", async () => {
    const model = net(1);
    const before = await stateDict(model);
    const state = new Map(await stateDict(net(2)));
    state.delete("1.num_batches_tracked");
    state.delete("0.bias");
    state.set("2.weight", { shape: [7, 4], data: new Float32Array(28) });
    state.set("fc.weight", { shape: [1], data: new Float32Array(1) });
    const report = loadStateDict(model, state);
    expect(report).toEqual({
      name: "",
      matched: 6,
      missing: ["0.bias"],
      extra: ["fc.weight"],
      misshapen: [{ name: "2.weight", expected: [3, 4], found: [7, 4] }],
    });
    const after = await stateDict(model);
    expect(after.get("2.weight")).toEqual(before.get("2.weight"));
    expect(after.get("0.weight")).toEqual(state.get("0.weight"));
  });
});

describe("kaimingNormal", () => {
  it("repeats itself for a seed and has the standard deviation √(2 / fan)", async () => {
    const wide = (seed: number) =>
      stateDict(new Linear(100, 400, kaimingNormal(createRng(seed), "in"))).then((state) => state.get("weight")?.data);
    const weights = (await wide(5)) as Float32Array;
    expect(weights).toEqual(await wide(5));
    expect(weights).not.toEqual(await wide(6));
    const variance = weights.reduce((sum, w) => sum + w * w, 0) / weights.length;
    // Four standard errors of the variance of 40,000 normals.
    expect(Math.abs(variance / 0.02 - 1)).toBeLessThan(4 * Math.sqrt(2 / weights.length));
  });
});
