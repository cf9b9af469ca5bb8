// Whole runs of fastai's Learner, step by step: losses, learning rates, validation and final weights.
import { tensor1d, tensor2d, tensor4d } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DataLoader } from "../data/batch";
import { shapesOnly } from "../nn/init";
import { ARCHITECTURES } from "../nn/models/architectures";
import { Cnn } from "../nn/models/cnn";
import { createHead } from "../nn/models/head";
import { lossFor } from "../nn/losses/lossFor";
import { loadStateDict, stateDict, stateShapes } from "../nn/stateDict";
import { adamw } from "../optim/adam";
import type { LearningRate } from "../spec/recipe";
import type { BatchRow, EpochRow } from "../spec/run";
import { openDevice } from "../tensor/device";
import type { Device } from "../tensor/device";
import { hasShared, readSharedJson } from "../testing/shared";
import { channelsLast, fillState, summarise, uniform } from "../testing/uniform";
import type { TensorSummary } from "../testing/uniform";
import type { Callback } from "./callback";
import { recorder } from "./callbacks/recorder";
import { CancelFit } from "./cancel";
import { Learner } from "./learner";

interface Run {
  readonly loss: number[];
  readonly lr: number[][];
  readonly mom: number[];
  readonly n_out: number;
  readonly input: { readonly name: string; readonly shape: number[] };
  readonly targets: number[] | number[][];
  readonly epochs: number;
  readonly bs: number;
  readonly n: number;
  readonly freeze: boolean;
  readonly clip: number | null;
  readonly lr_arg: number | { readonly start: number | null; readonly stop: number };
  readonly valid_loss: number[];
  readonly params: Record<string, TensorSummary>;
  readonly float64: { readonly loss: number[]; readonly valid_loss: number[]; readonly params: Record<string, TensorSummary> }; // prettier-ignore
}

const problems: string[] = [];
let device: Device;

beforeAll(async () => {
  device = await openDevice({ onProblem: ({ title, debug }) => void problems.push(`${title} ${debug ?? ""}`) });
});
afterAll(() => device.close());

function model(classes: number): Cnn {
  const architecture = ARCHITECTURES.find(({ id }) => id === "resnet18");
  const body = architecture?.make({}, 3, shapesOnly);
  if (!body) throw new Error("no resnet18");
  const head = createHead({ features: body.features, classes, lin: [512], dropout: 0 }, shapesOnly);
  const cnn = new Cnn(body.module, head, body.cut);
  loadStateDict(cnn, fillState(stateShapes(cnn)));
  return cnn;
}

/** The items in order, every epoch. */
function inOrder({ input, targets, bs, n }: Run): DataLoader {
  const { data, shape } = channelsLast(uniform(input.name, input.shape), input.shape);
  const [, height, width, channels] = shape;
  const size = height * width * channels;
  return {
    batchSize: bs,
    batches: n / bs,
    items: n,
    async *epoch() {
      for (let from = 0; from < n; from += bs) {
        const rows = targets.slice(from, from + bs);
        const y = typeof rows[0] === "number" ? tensor1d(rows as number[], "int32") : tensor2d(rows as number[][]);
        const x = tensor4d(data.slice(from * size, (from + bs) * size), [bs, height, width, channels]);
        const weight = tensor1d(Array<number>(bs).fill(1));
        yield await Promise.resolve({
          x,
          y,
          weight,
          items: Int32Array.from({ length: bs }, (_, i) => from + i),
          count: bs,
        });
      }
    },
  };
}

function learningRate(lr: Run["lr_arg"]): LearningRate {
  if (typeof lr === "number") return lr;
  return lr.start === null ? { stop: lr.stop } : { start: lr.start, stop: lr.stop };
}

/** How far rounding alone may carry a number: ten times the distance of float32 from float64, plus 1e-4. */
function expectNear(what: string, actual: number, f32: number, f64: number, scale = Math.abs(f32)): void {
  const allowed = 10 * Math.abs(f32 - f64) + 1e-4 * scale;
  expect([what, actual, f32, allowed, Math.abs(actual - f32) <= allowed]).toEqual([what, actual, f32, allowed, true]);
}

/** Trains as fastai did, for at most `steps` steps, and compares every number there is. */
async function compare(name: string, steps: number): Promise<void> {
  const run = (await readSharedJson<Record<string, Run>>("reference/training.json"))[`train:${name}`] as Run;
  const task = typeof run.targets[0] === "number" ? "singleLabel" : "multiLabel";
  const loader = inOrder(run);
  const data = { train: loader, valid: loader, vocab: [], outputs: 1, task, inputShape: [64, 64, 3], dispose: () => undefined } as const; // prettier-ignore
  const optimizer = adamw({ wd: 0.01, clip: run.clip ?? 0 });
  const learn = new Learner({ data, model: model(run.n_out), loss: lossFor(task), optimizer, seed: 0, clock: () => performance.now() }); // prettier-ignore
  if (run.freeze) learn.freeze();
  const rows: BatchRow[] = [];
  const epochs: EpochRow[] = [];
  const onBatches = (batch: readonly BatchRow[]) => void rows.push(...batch);
  const record = recorder({ stage: 0, clock: () => 0, onBatches, onEpoch: (row) => void epochs.push(row) });
  const lrs: (readonly number[])[] = [];
  const watch: Callback = {
    name: "watch",
    afterStep: ({ hyper }) => void lrs.push(hyper.lrs),
    afterBatch({ fitStep }) {
      if (fitStep === steps) throw new CancelFit();
    },
  };
  await learn.fitOneCycle(run.epochs, learningRate(run.lr_arg), { callbacks: [record, watch] });

  expect(rows).toHaveLength(Math.min(steps, run.loss.length));
  rows.forEach(({ loss, momentum }, i) => {
    (run.lr[i] ?? []).forEach((lr, group) => expect(Math.abs((lrs[i]?.[group] ?? 0) / lr - 1)).toBeLessThan(1e-6));
    expect(Math.abs(momentum - (run.mom[i] ?? 0))).toBeLessThan(1e-6);
    expectNear(`step ${i}`, loss, run.loss[i] ?? 0, run.float64.loss[i] ?? 0);
  });
  epochs.forEach(({ validLoss }, i) =>
    expectNear(`epoch ${i}`, validLoss ?? 0, run.valid_loss[i] ?? 0, run.float64.valid_loss[i] ?? 0),
  );
  if (steps >= run.loss.length) {
    const state = await stateDict(learn.model);
    for (const [key, expected] of Object.entries(run.params)) {
      const actual = summarise((state.get(key) as { data: Float32Array }).data);
      expectNear(`${key} l2`, actual.l2, expected.l2, (run.float64.params[key] as TensorSummary).l2);
    }
  }
  learn.dispose();
  expect(problems).toEqual([]);
}

/** Minutes each on a software GPU: `VITE_WHOLE_RUNS=1`. */
const whole = import.meta.env["VITE_WHOLE_RUNS"] === "1";

describe.skipIf(!hasShared)("runs of fastai", () => {
  it("the first steps of the frozen Planet run", () => compare("planet_frozen", 2));

  it.skipIf(!whole).each(["planet_frozen", "planet_unfrozen", "single_label_clip"])(
    "the whole of %s",
    (name) => compare(name, Number.POSITIVE_INFINITY),
    900_000,
  );
});
