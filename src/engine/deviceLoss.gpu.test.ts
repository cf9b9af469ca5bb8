// The GPU goes away or runs out of memory in mid-run: the run ends with a name and goes on, or goes on by itself.
import { afterAll, expect, it } from "vitest";
import decodeUrl from "../data/decode/decodeWorker?worker&url";
import { unwrap } from "../base/result";
import type { EngineEvent } from "../rpc/protocol";
import { spawnWorker } from "../rpc/spawnWorker";
import { RECIPES } from "../spec/recipes";
import type { Recipe } from "../spec/recipe";
import { activeGpu } from "../tensor/backend";
import { createEngine } from "./engine";
import { memoryPlaces } from "./projectDesk";

const shapes = RECIPES["shapes"]!;
const recipe: Recipe = {
  ...shapes,
  data: { ...shapes.data, limit: 120 },
  train: { ...shapes.train, stages: [{ do: "fit", epochs: 3, lr: 0.003 }] },
};
const run = { recipe, from: 0, to: 1, resume: false } as const;
const workers: Worker[] = [];
afterAll(() => workers.forEach((worker) => worker.terminate()));

/** An engine over the sample of shapes, and what it tells. */
async function opened() {
  const events: EngineEvent[] = [];
  const engine = createEngine({
    spawnDecoder(name) {
      const worker = spawnWorker(decodeUrl, { name });
      workers.push(worker);
      return worker;
    },
    places: () => Promise.resolve(memoryPlaces()),
  });
  engine.on((event) => events.push(event));
  unwrap(await engine.start({ prefer: "webgpu" }));
  unwrap(await engine.openSource([{ kind: "sample", id: "shapes" }]));
  await engine.prepare(recipe);
  return { engine, events };
}

/** Asks for the largest buffer there may be, which SwiftShader has no memory for; where it is given, says that it was not. */
async function refuseBuffer(device: GPUDevice): Promise<void> {
  let heard = "";
  device.addEventListener("uncapturederror", ({ error }) => (heard = error.message), { once: true });
  device.createBuffer({ size: device.limits.maxBufferSize, usage: GPUBufferUsage.STORAGE }).destroy();
  await device.queue.onSubmittedWorkDone();
  console.log(heard === "" ? "the largest buffer was given: its refusal is acted" : `refused in earnest: ${heard}`);
  if (heard !== "") return;
  const error = new GPUOutOfMemoryError("not enough memory left to allocate a buffer");
  device.dispatchEvent(new GPUUncapturedErrorEvent("uncapturederror", { error }));
}

it("goes on with half as many pictures at once when the GPU refuses a buffer for want of memory", async () => {
  const { engine, events } = await opened();
  let refused = false;
  engine.on((event) => {
    if (event.type !== "epoch" || event.row.epoch !== 1 || refused) return;
    refused = true;
    const gpu = activeGpu();
    if (gpu) void refuseBuffer(gpu.device);
  });
  const summary = unwrap(await engine.run({ ...run, runId: "full" }));
  const { batchSize } = recipe.data;
  expect(summary).toMatchObject({ status: "finished", problem: null, atOnce: batchSize / 2 });
  expect(summary.epochs.map(({ epoch }) => epoch)).toEqual([0, 1, 2]);
  expect(summary.epochs.every(({ trainLoss }) => Number.isFinite(trainLoss))).toBe(true);
  const told = events.flatMap((event) => (event.type === "problem" ? [event.problem.code] : []));
  expect(told).toContain("MEMORY_HALVED");
  expect(told).not.toContain("DEVICE_MEMORY");
});

it("ends as interrupted, tells DEVICE_LOST, and resumes bit for bit on a new device", async () => {
  const { engine, events } = await opened();
  const losses = () =>
    events
      .splice(0)
      .flatMap((event) => (event.type === "batches" ? event.rows : []))
      .map(({ step, loss }) => [step, loss]);

  expect(unwrap(await engine.run({ ...run, runId: "whole" })).status).toBe("finished");
  const whole = losses();

  let hurt = false;
  const off = engine.on((event) => {
    if (event.type !== "epoch" || event.row.epoch !== 1 || hurt) return;
    hurt = true;
    activeGpu()?.device.destroy();
  });
  const cut = unwrap(await engine.run({ ...run, runId: "cut" }));
  off();
  expect(cut).toMatchObject({ status: "interrupted", problem: { code: "DEVICE_LOST" } });
  expect(events.flatMap((event) => (event.type === "problem" ? [event.problem.code] : []))).toContain("DEVICE_LOST");
  losses();

  const goneOn = unwrap(await engine.run({ ...run, runId: "cut", resume: true }));
  expect(goneOn).toMatchObject({ status: "finished", problem: null, steps: whole.length });
  const later = losses();
  expect(later.length).toBeGreaterThan(0);
  expect(later.length).toBeLessThan(whole.length);
  expect(later).toEqual(whole.slice(-later.length));
});
