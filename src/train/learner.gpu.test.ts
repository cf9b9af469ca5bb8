// Training on the GPU: the processor's losses, the same twice, and every step alike.
import { setBackend } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unwrap } from "../base/result";
import { buildModel } from "../nn/models/buildModel";
import { lossFor } from "../nn/losses/lossFor";
import { adamw } from "../optim/adam";
import type { ModelSpec } from "../spec/recipe";
import type { BatchRow } from "../spec/run";
import { attachCounters } from "../tensor/counters";
import { openDevice } from "../tensor/device";
import type { Device } from "../tensor/device";
import { liveTensors } from "../tensor/scope";
import { toyData } from "../testing/toyData";
import { toyLearner } from "../testing/toyLearner";
import type { Callback } from "./callback";
import { recorder } from "./callbacks/recorder";
import { Learner } from "./learner";

const problems: string[] = [];
let device: Device;

beforeAll(async () => {
  device = await openDevice({ prefer: "webgpu", onProblem: ({ title, debug }) => void problems.push(`${title} ${debug ?? ""}`) }); // prettier-ignore
  expect(device.opened.backend).toBe("webgpu");
});

afterAll(() => device.close());

function miniLearner(): Learner {
  const data = toyData({ size: 16, classes: 3, items: 32, batchSize: 8 });
  const spec: ModelSpec = { arch: "resnetMini", options: { width: 8, depth: 1, stem: 2 }, weights: { kind: "none" }, head: { lin: [8], dropout: 0.2 } }; // prettier-ignore
  const model = unwrap(buildModel(spec, { classes: 3, channels: 3, init: { seed: 4 } }));
  return new Learner({ data, model, loss: lossFor("singleLabel"), optimizer: adamw(), seed: 4, clock: () => performance.now() }); // prettier-ignore
}

async function losses(learn: Learner, epochs: number): Promise<number[]> {
  const rows: BatchRow[] = [];
  const onBatches = (batch: readonly BatchRow[]) => void rows.push(...batch);
  const callback = recorder({ stage: 0, clock: () => 0, onBatches, onEpoch: () => undefined });
  await learn.fitOneCycle(epochs, 0.01, { callbacks: [callback] });
  return rows.map(({ loss }) => loss);
}

describe("training on WebGPU", () => {
  it("follows the processor's losses, and its own bit for bit", async () => {
    const first = await losses(miniLearner(), 2);
    expect(await losses(miniLearner(), 2)).toEqual(first);
    expect(first.at(-1)).toBeLessThan(first[0] as number);
    await setBackend("cpu");
    const expected = await losses(miniLearner(), 2);
    await setBackend("webgpu");
    // Float32 sums in another order; Adam's first steps, a sign each, carry them on.
    first.forEach((loss, i) => expect(Math.abs(loss - (expected[i] as number))).toBeLessThan(0.002 * (i + 1)));
    expect(problems).toEqual([]);
  });

  it("does the same work in every step: dispatches, uploads, tensors and buffers do not grow", async () => {
    const learn = toyLearner({ items: 48, dropout: 0.3 });
    const counters = attachCounters(device.gpu as GPUDevice);
    const steps: { dispatches: number; writtenBytes: number; tensors: number; buffersCreated: number; mapped: number }[] = []; // prettier-ignore
    const count: Callback = {
      name: "count",
      async afterBatch() {
        const { dispatches, writtenBytes, buffersCreated, mappedBytes } = counters.read();
        steps.push({ dispatches, writtenBytes, tensors: liveTensors(), buffersCreated, mapped: mappedBytes });
        // What comes back does so before the next step, however busy the machine is.
        await device.gpu?.queue.onSubmittedWorkDone();
        counters.reset();
      },
    };
    await learn.fit(1, 0.01, { callbacks: [count] });
    counters.detach();
    // The first two steps compile and fill the pools.
    const steady = steps.slice(3);
    console.log("a step of the toy network:", steady[0]);
    for (const key of ["dispatches", "writtenBytes", "tensors"] as const) {
      expect([key, ...new Set(steady.map((step) => step[key]))]).toHaveLength(2);
    }
    // One buffer for all that comes back, made in whichever step it is first asked for: every fifth, or after a quarter second.
    const buffers = steady.map(({ buffersCreated }) => buffersCreated);
    const usual = Math.min(...buffers);
    expect(buffers.reduce((sum, created) => sum + created, 0)).toBeLessThanOrEqual(usual * buffers.length + 1);
    // The batch (4 pictures of 8 × 8 × 3 floats) and the numbers of the step; nothing of the network.
    const batchBytes = 4 * 8 * 8 * 3 * 4;
    expect((steady[0]?.writtenBytes ?? 0) + (steady[0]?.mapped ?? 0)).toBeLessThan(batchBytes + 12_000);
  });

  it("has compiled all shaders of both passes before the first step", async () => {
    const counters = attachCounters(device.gpu as GPUDevice);
    // Two labels and a batch of 3: shapes that no test before has compiled for.
    const learn = toyLearner({ size: 12, classes: 2, batchSize: 3 });
    const pipelines: number[] = [];
    const callback: Callback = {
      name: "pipelines",
      afterPredict: () => void pipelines.push(counters.read().pipelines),
      afterBackward: () => void pipelines.push(counters.read().pipelines),
    };
    await learn.fit(1, 0.01, { callbacks: [callback] });
    counters.detach();
    expect(new Set(pipelines)).toEqual(new Set([0]));
  });

  it("a search for the learning rate leaves no trace, bit for bit", async () => {
    const learn = toyLearner();
    await learn.fit(1, 0.01);
    const before = await learn.state();
    await learn.lrFind({ steps: 8 });
    expect(await learn.state()).toEqual(before);
  });
});
