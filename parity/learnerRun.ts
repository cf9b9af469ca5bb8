// A run of fastai's Learner as a reference describes it, performed by ours: the same items in order, every number kept.
import { tensor1d, tensor2d, tensor4d } from "@tensorflow/tfjs-core";
import { z } from "zod";
import { createRng } from "../src/base/rng";
import type { DataLoader } from "../src/data/batch";
import { shapesOnly } from "../src/nn/init";
import type { Loss } from "../src/nn/losses/loss";
import { lossFor } from "../src/nn/losses/lossFor";
import { ARCHITECTURES } from "../src/nn/models/architectures";
import { Cnn } from "../src/nn/models/cnn";
import { createHead } from "../src/nn/models/head";
import { loadStateDict, stateDict, stateShapes } from "../src/nn/stateDict";
import { adam } from "../src/optim/adam";
import type { DecayOptions } from "../src/optim/fused";
import type { MakeOptimizer } from "../src/optim/optimizer";
import { rmsprop } from "../src/optim/rmsprop";
import { sgd } from "../src/optim/sgd";
import type { LearningRate } from "../src/spec/recipe";
import type { OneCycleOptions } from "../src/spec/schedules/oneCycle";
import { defaultsOf } from "../src/spec/params";
import { Learner } from "../src/train/learner";
import type { Callback } from "../src/train/callback";
import { summarise } from "../src/testing/uniform";
import type { TensorSummary } from "../src/testing/uniform";
import { inputSchema, summarySchema } from "./reference";
import type { Reference } from "./reference";

/** Of the pictures, relative: a few times what float32 rounds off. */
const nudge = 3e-7;

const results = {
  loss: z.array(z.number()),
  valid_loss: z.array(z.number()),
  params: z.record(z.string(), summarySchema),
};

export const runSchema = z.strictObject({
  ...results,
  float64: z.strictObject(results),
  lr: z.array(z.array(z.number())),
  mom: z.array(z.number()),
  arch: z.string(),
  n_out: z.number().int(),
  loss_func: z.string(),
  input: inputSchema,
  targets: z.union([z.array(z.number()), z.array(z.array(z.number()))]),
  epochs: z.number().int(),
  bs: z.number().int(),
  n: z.number().int(),
  freeze: z.boolean(),
  wd: z.number(),
  true_wd: z.boolean(),
  clip: z.number().nullable(),
  opt: z.string(),
  size: z.number().int(),
  y_range: z.tuple([z.number(), z.number()]).nullable(),
  lr_arg: z.union([z.number(), z.strictObject({ start: z.number().nullable(), stop: z.number() })]),
});

export type Run = z.infer<typeof runSchema>;

const losses: Readonly<Record<string, Loss>> = {
  CrossEntropyLoss: lossFor("singleLabel", { kind: "crossEntropy" }),
  BCEWithLogitsLoss: lossFor("multiLabel", { kind: "bce" }),
  MSELoss: lossFor("regression", { kind: "mse" }),
  L1Loss: lossFor("regression", { kind: "l1" }),
  SmoothL1Loss: lossFor("regression", { kind: "smoothL1" }),
};

const optimizers: Readonly<Record<string, (options: DecayOptions) => MakeOptimizer>> = { adam, sgd, rmsprop };

function lossOf({ loss_func: name }: Run): Loss {
  const loss = losses[name];
  if (!loss) throw new Error(`no loss ${name}`);
  return loss;
}

function optimizerOf({ opt, wd, true_wd: trueWd, clip }: Run): MakeOptimizer {
  const make = optimizers[opt];
  if (!make) throw new Error(`no optimizer ${opt}`);
  return make({ wd, trueWd, bnWd: true, clip: clip ?? 0 });
}

function modelOf({ arch, n_out: classes, input, y_range: yRange }: Run, reference: Reference): Cnn {
  const architecture = ARCHITECTURES.find(({ id }) => id === arch);
  if (!architecture) throw new Error(`no architecture ${arch}`);
  const body = architecture.make(defaultsOf(architecture.params), input.shape[1] ?? 3, shapesOnly);
  const head = createHead(
    { features: body.features, classes, lin: [512], dropout: 0, yRange: yRange ?? undefined },
    shapesOnly,
  );
  const model = new Cnn(body, head);
  loadStateDict(model, reference.fill(stateShapes(model)));
  return model;
}

type Pictures = ReturnType<Reference["pictures"]>;

/** The items in order, every epoch; whole batches only, or also the rest, padded. */
function inOrder({ targets, bs, n }: Run, { data, shape }: Pictures, dropLast: boolean): DataLoader {
  const [, height, width, channels] = shape;
  const size = height * width * channels;
  const batches = dropLast ? Math.floor(n / bs) : Math.ceil(n / bs);
  return {
    batchSize: bs,
    batches,
    items: n,
    async *epoch() {
      for (let batch = 0; batch < batches; batch += 1) {
        const items = Int32Array.from({ length: bs }, (_, i) => (batch * bs + i < n ? batch * bs + i : -1));
        const drawn = Array.from(items, (item) => Math.max(item, 0));
        const rows = drawn.map((item) => targets[item] as number | number[]);
        const x = new Float32Array(bs * size);
        drawn.forEach((item, i) => x.set(data.subarray(item * size, (item + 1) * size), i * size));
        const y = typeof rows[0] === "number" ? tensor1d(rows as number[], "int32") : tensor2d(rows as number[][]);
        const weight = tensor1d(Array.from(items, (item) => (item < 0 ? 0 : 1)));
        const count = items.filter((item) => item >= 0).length;
        yield await Promise.resolve({ x: tensor4d(x, [bs, height, width, channels]), y, weight, items, count });
      }
    },
  };
}

function learningRate(lr: Run["lr_arg"]): LearningRate {
  if (typeof lr === "number") return lr;
  return lr.start === null ? { stop: lr.stop } : { start: lr.start, stop: lr.stop };
}

/** fastai's own cycle, or, where the run shows another, that one: the file keeps its rates and momenta, not its shape. */
function cycleOf({ lr, mom, lr_arg: asked }: Run): OneCycleOptions {
  const top = typeof asked === "number" ? asked : asked.stop;
  const rates = lr.map((groups) => groups.at(-1) ?? top);
  const div = top / (rates[0] ?? top);
  const rise = rates.indexOf(Math.max(...rates));
  const moms = [mom[0] ?? 0, Math.min(...mom)] as const;
  const usual = Math.abs(div - 25) < 1e-6 && moms[0] === 0.95 && rise === Math.max(1, Math.floor(0.3 * rates.length));
  return usual ? {} : { div, moms, pctStart: (rise + 0.5) / rates.length };
}

/** The pictures, each value off by at most a few roundings; as they are for seed 0. */
function nudged(pictures: Pictures, seed: number): Pictures {
  if (seed === 0) return pictures;
  const rng = createRng(seed, "nudge");
  return { ...pictures, data: pictures.data.map((value) => value * (1 + nudge * (2 * rng.uniform() - 1))) };
}

function learnerOf(run: Run, reference: Reference, seed: number): Learner {
  const pictures = nudged(reference.pictures(run.input), seed);
  const [, , height = 0, width = 0] = run.input.shape;
  const data = {
    train: inOrder(run, pictures, true),
    valid: inOrder(run, pictures, false),
    vocab: [],
    outputs: run.n_out,
    // The loss is given, so nothing asks for the task.
    task: "regression",
    inputShape: [height, width, run.input.shape[1] ?? 3],
    dispose: () => undefined,
  } as const;
  const clock = () => performance.now();
  return new Learner({
    data,
    model: modelOf(run, reference),
    loss: lossOf(run),
    optimizer: optimizerOf(run),
    seed: 0,
    clock,
  });
}

/** What a run leaves behind. */
export interface RunResult {
  readonly loss: readonly number[];
  readonly valid_loss: readonly number[];
  readonly params: Readonly<Record<string, TensorSummary>>;
}

export interface OurRun extends RunResult {
  /** Of every step, its groups one after the other. */
  readonly lr: readonly number[];
  readonly mom: readonly number[];
  /** Number of values of each tensor. */
  readonly sizes: Readonly<Record<string, number>>;
}

/** Trains as the reference did; `seed` > 0 nudges the pictures. */
export async function perform(run: Run, reference: Reference, seed: number): Promise<OurRun> {
  const learn = learnerOf(run, reference, seed);
  if (run.freeze) learn.freeze();
  const [lr, mom, loss, validLoss]: [number[], number[], number[], number[]] = [[], [], [], []];
  const watch: Callback = {
    name: "watch",
    afterStep({ hyper }) {
      lr.push(...hyper.lrs);
      mom.push(hyper.momentum);
    },
    afterLosses: (_learn, _first, values) => void loss.push(...values),
    afterEpoch: ({ validation }) => void validLoss.push(validation?.loss ?? Number.NaN),
  };
  await learn.fitOneCycle(run.epochs, learningRate(run.lr_arg), { ...cycleOf(run), callbacks: [watch] });
  const state = [...(await stateDict(learn.model))];
  learn.dispose();
  const params = Object.fromEntries(state.map(([name, { data }]) => [name, summarise(Array.from(data, Number))]));
  const sizes = Object.fromEntries(state.map(([name, { data }]) => [name, data.length]));
  return { lr, mom, loss, valid_loss: validLoss, params, sizes };
}
