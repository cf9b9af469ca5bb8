// A real training in the real worker: the sample of shapes, from nothing to weights, over the page's client.
import { afterAll, beforeAll, expect, it } from "vitest";
import { unwrap } from "../base/result";
import { readFiniteTensors, readSafetensors } from "../formats/safetensors/readSafetensors";
import { createEngineClient, type EngineClient } from "../rpc/client";
import type { EngineEvent } from "../rpc/protocol";
import { spawnWorker } from "../rpc/spawnWorker";
import { RECIPES } from "../spec/recipes";
import type { Recipe } from "../spec/recipe";
import type { SourceInput } from "../spec/source";
import type { BatchRow, RunSummary } from "../spec/run";
import engineUrl from "./worker?worker&url";

const shapes = RECIPES["shapes"]!;
const ofEpochs = (epochs: number): Recipe => ({
  ...shapes,
  data: { ...shapes.data, limit: 240 },
  train: {
    ...shapes.train,
    stages: [
      { do: "lrFind", steps: 12 },
      { do: "fitOneCycle", epochs, lr: 0.01 },
    ],
  },
});
const recipe = ofEpochs(5);

let client: EngineClient;
let events: EngineEvent[];

async function fresh(): Promise<void> {
  client?.close();
  events = [];
  client = createEngineClient({ spawn: () => spawnWorker(engineUrl, { name: "engine" }) });
  client.on((event) => events.push(event));
  const device = unwrap(await client.start({ prefer: "webgpu" }));
  expect(device.selfTest.filter(({ ok }) => !ok)).toEqual([]);
}

async function train(of: Recipe, resume = false): Promise<RunSummary> {
  unwrap(await client.openSource([{ kind: "sample", id: "shapes" }]));
  expect((await client.prepare(of)).ready).toBe(true);
  return unwrap(await client.run({ runId: "r", recipe: of, from: 0, to: 2, resume }));
}

/** Whoever closes the client meanwhile hears of it elsewhere. */
const save = (): void => void client.control("save").catch(() => undefined);

const rows = (): BatchRow[] => events.flatMap((event) => (event.type === "batches" ? [...event.rows] : []));

beforeAll(async () => {
  await fresh();
  await client.deleteProject();
});
afterAll(() => client.close());

it("learns, reports every step, explains itself, and gives out weights that can be taken in again", async () => {
  const summary = await train(recipe);
  expect(summary).toMatchObject({ status: "finished", problem: null, nextStage: 2 });
  expect(summary.epochs).toHaveLength(5);
  expect(summary.lrFinds[0]?.lrs.length).toBeGreaterThan(5);
  const [first, last] = [rows()[0], rows().at(-1)];
  expect(last!.smooth).toBeLessThan(first!.smooth * 0.8);
  expect(rows()).toHaveLength(summary.steps);
  expect(events.filter(({ type }) => type === "problem")).toEqual([]);

  const seen = unwrap(await client.interpret());
  if (!("probabilities" in seen)) throw new Error(seen.task);
  expect(seen.vocab.length).toBeGreaterThan(1);
  expect(seen.probabilities).toHaveLength(seen.items.length * seen.vocab.length);
  expect(new Set(seen.paths).size).toBe(seen.items.length);
  const right = [...seen.targets].filter((target, i) => {
    const row = seen.probabilities.subarray(i * seen.vocab.length, (i + 1) * seen.vocab.length);
    return row.indexOf(Math.max(...row)) === target;
  }).length;
  const accuracy = summary.epochs.at(-1)!.metrics[summary.metrics.findIndex(({ id }) => id === "accuracy")]!;
  expect(right / seen.items.length).toBeCloseTo(accuracy, 5);

  const blob = unwrap(await client.exportWeights());
  const file = unwrap(await readSafetensors(blob));
  expect(file.metadata.get("format")).toBe("pt");
  expect(JSON.parse(file.metadata.get("vocab")!)).toEqual(seen.vocab);
  expect(unwrap(await readFiniteTensors(file)).get("0.0.weight")?.shape).toEqual([8, 3, 3, 3]);
  const report = unwrap(
    await client.importWeights(recipe, new File([blob], "mine.safetensors"), { fit: "whole", values: "finite" }),
  );
  expect(report).toMatchObject({ missing: [], extra: [], misshapen: [] });
});

it("repeats itself bit for bit, and a fresh worker goes on bit for bit where the last one was killed", async () => {
  const short = ofEpochs(3);
  await fresh();
  const { steps } = await train(short);
  const whole = rows().map(({ step, loss }) => [step, loss]);

  await fresh();
  client.on((event) => {
    if (event.type === "batches" && event.rows.some(({ step }) => step > 14)) save();
    if (event.type === "checkpoint" && event.step > 15) client.close();
  });
  await expect(train(short)).rejects.toThrow("ENGINE_STOPPED");

  await fresh();
  const { resumable } = await client.openProject();
  expect(resumable).toMatchObject({ runId: "r", stage: 1, data: "ready", steps: 12 + steps });
  expect(resumable!.step).toBeGreaterThan(12 + 15);
  const summary = await train(short, true);
  expect(summary).toMatchObject({ status: "finished", steps });
  const later = rows().map(({ step, loss }) => [step, loss]);
  expect(later.length).toBeLessThan(steps - 14);
  expect(later).toEqual(whole.slice(-later.length));
});

/** Bright and dark pictures as a person would drop them: files by folder. */
async function pictures(): Promise<SourceInput> {
  const files: { path: string; file: File }[] = [];
  for (let i = 0; i < 48; i += 1) {
    const canvas = new OffscreenCanvas(24, 24);
    const context = canvas.getContext("2d")!;
    context.fillStyle = i % 2 ? "#ddb" : "#124";
    context.fillRect(0, 0, 24, 24);
    context.fillStyle = "#c33";
    context.fillRect(i % 12, i % 7, 9, 9);
    const name = `${i}.png`;
    const file = new File([await canvas.convertToBlob()], name, { lastModified: 1 });
    files.push({ path: `lamps/${i % 2 ? "on" : "off"}/${name}`, file });
  }
  return { kind: "files", name: "lamps", files };
}

it("goes on after a reload without the dropped files, from the pixels it has kept", async () => {
  await fresh();
  await client.deleteProject();
  unwrap(await client.openSource([await pictures()]));
  const own: Recipe = {
    ...recipe,
    data: { ...recipe.data, split: { kind: "random", valid: 0.25, seed: 1 }, batchSize: 6 },
    train: { ...recipe.train, stages: [{ do: "fit", epochs: 20, lr: 0.003 }] },
  };
  expect(await client.prepare(own)).toMatchObject({ ready: true, train: 36, vocab: ["off", "on"] });
  client.on((event) => {
    if (event.type === "epoch") save();
    if (event.type === "checkpoint" && event.step > 5) client.close();
  });
  const cut = await client.run({ runId: "lamps", recipe: own, from: 0, to: 1, resume: false });
  expect(cut).toMatchObject({ ok: false, error: { code: "ENGINE_STOPPED" } });

  await fresh();
  const { resumable } = await client.openProject();
  expect(resumable).toMatchObject({ runId: "lamps", data: "ready", sourceName: "lamps" });
  expect(await client.reconnect()).toMatchObject({ handle: null, source: { name: "lamps", images: 48 } });
  const short: Recipe = { ...own, train: { ...own.train, stages: [{ do: "fit", epochs: 21, lr: 0.003 }] } };
  expect((await client.prepare(short)).ready).toBe(true);
  const summary = unwrap(await client.run({ runId: "lamps", recipe: short, from: 0, to: 1, resume: true }));
  expect(summary).toMatchObject({ status: "finished", steps: 21 * 6 });
  expect(summary.epochs.at(-1)?.metrics[0]).toBe(1);
});
