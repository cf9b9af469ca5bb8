// Whole runs of fastai's Learner, step by step: learning rates, momentum, losses, validation and final weights.
import { tensor1d, tensor2d, tensor4d } from "@tensorflow/tfjs-core";
import { z } from "zod";
import type { DataLoader } from "../../src/data/batch";
import { shapesOnly } from "../../src/nn/init";
import type { Loss } from "../../src/nn/losses/loss";
import { lossFor } from "../../src/nn/losses/lossFor";
import { ARCHITECTURES } from "../../src/nn/models/architectures";
import { Cnn } from "../../src/nn/models/cnn";
import { createHead } from "../../src/nn/models/head";
import { loadStateDict, stateDict, stateShapes } from "../../src/nn/stateDict";
import { adam } from "../../src/optim/adam";
import type { DecayOptions } from "../../src/optim/fused";
import type { MakeOptimizer } from "../../src/optim/optimizer";
import { rmsprop } from "../../src/optim/rmsprop";
import { sgd } from "../../src/optim/sgd";
import type { LearningRate } from "../../src/spec/recipe";
import { defaultsOf } from "../../src/spec/params";
import { Learner } from "../../src/train/learner";
import type { Callback } from "../../src/train/callback";
import { summarise } from "../../src/testing/uniform";
import type { TensorSummary } from "../../src/testing/uniform";
import type { Family, ParityCase, Quantity } from "../parityCase";
import { entryOf, inputSchema, summarySchema } from "../reference";
import type { Reference } from "../reference";
import * as tolerance from "../tolerances";

const file = "training.json";

const results = {
  loss: z.array(z.number()),
  valid_loss: z.array(z.number()),
  params: z.record(z.string(), summarySchema),
};

const schema = z.strictObject({
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

type Run = z.infer<typeof schema>;

const losses: Readonly<Record<string, Loss>> = {
  CrossEntropyLoss: lossFor("singleLabel", { kind: "crossEntropy" }),
  BCEWithLogitsLoss: lossFor("multiLabel", { kind: "bce" }),
  MSELoss: lossFor("regression", { kind: "mse" }),
};

const optimizers: Readonly<Record<string, (options: DecayOptions) => MakeOptimizer>> = { adam, sgd, rmsprop };

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

/** The items in order, every epoch; whole batches only, or also the rest, padded. */
function inOrder({ input, targets, bs, n }: Run, reference: Reference, dropLast: boolean): DataLoader {
  const { data, shape } = reference.pictures(input);
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

function learnerOf(run: Run, reference: Reference, loss: Loss): Learner {
  const [, , height = 0, width = 0] = run.input.shape;
  const data = {
    train: inOrder(run, reference, true),
    valid: inOrder(run, reference, false),
    vocab: [],
    outputs: run.n_out,
    // The loss is given, so nothing asks for the task.
    task: "regression",
    inputShape: [height, width, run.input.shape[1] ?? 3],
    dispose: () => undefined,
  } as const;
  const clock = () => performance.now();
  return new Learner({ data, model: modelOf(run, reference), loss, optimizer: optimizerOf(run), seed: 0, clock });
}

/**
 * How far rounding alone may carry each number of a run: ten times the largest distance of float32 from float64 so far
 * (a run does not come back to its way, though its distance may pass through zero), and a ten-thousandth.
 */
function allowed(f32: readonly number[], f64: readonly number[]): number[] {
  let distance = 0;
  return f32.map((value, i) => {
    distance = Math.max(distance, Math.abs(value - (f64[i] ?? 0)));
    return 10 * distance + 1e-4 * Math.abs(value);
  });
}

/** The same for a tensor's summary; single values and the mean by the distance and size of its values. */
function finalTensor(item: string, data: readonly number[], f32: TensorSummary, f64: TensorSummary): Quantity {
  const root = Math.sqrt(data.length);
  const list = ({ l2, mean, first }: TensorSummary) => [l2 / root, mean, ...first];
  const [expected, exactly] = [list(f32), list(f64)];
  const distances = expected.map((value, i) => Math.abs(value - (exactly[i] ?? 0)));
  const size = 1e-4 * (expected[0] ?? 0);
  const single = 10 * Math.max(...distances) + size;
  const scale = expected.map((_, i) => (i === 0 ? 10 * (distances[0] ?? 0) + size : single));
  const actual = list(summarise(data)).slice(0, expected.length);
  return { quantity: "final tensors", item, actual, expected, scale, tolerance: tolerance.trainingRun };
}

async function* compareRun(run: Run, reference: Reference, loss: Loss): AsyncIterable<Quantity> {
  const learn = learnerOf(run, reference, loss);
  if (run.freeze) learn.freeze();
  const [rates, momenta, losses, validation]: [number[], number[], number[], number[]] = [[], [], [], []];
  const watch: Callback = {
    name: "watch",
    afterStep({ hyper }) {
      rates.push(...hyper.lrs);
      momenta.push(hyper.momentum);
    },
    afterLosses: (_learn, _first, values) => void losses.push(...values),
    afterEpoch: ({ validation: epoch }) => void validation.push(epoch?.loss ?? Number.NaN),
  };
  await learn.fitOneCycle(run.epochs, learningRate(run.lr_arg), { callbacks: [watch] });
  yield { quantity: "learning rates", actual: rates, expected: run.lr.flat(), tolerance: tolerance.formula };
  yield { quantity: "momentum", actual: momenta, expected: run.mom, tolerance: tolerance.formula };
  const near = { tolerance: tolerance.trainingRun };
  yield { quantity: "loss of every step", actual: losses, expected: run.loss, scale: allowed(run.loss, run.float64.loss), ...near }; // prettier-ignore
  const scale = allowed(run.valid_loss, run.float64.valid_loss);
  yield { quantity: "validation loss", actual: validation, expected: run.valid_loss, scale, ...near };
  const state = await stateDict(learn.model);
  for (const [item, f32] of Object.entries(run.params)) {
    const data = Array.from(state.get(item)?.data ?? [], Number);
    yield finalTensor(item, data, f32, run.float64.params[item] ?? f32);
  }
  learn.dispose();
}

/** One case a run. */
export const trainFamily: Family = (reference) =>
  reference
    .keys(file)
    .filter((key) => key.startsWith("train:"))
    .flatMap((key): ParityCase[] => {
      const run = reference.entry(file, key, schema);
      const loss = losses[run.loss_func];
      if (!loss || !optimizers[run.opt]) return [];
      return [
        {
          name: `train/${key.slice("train:".length)}`,
          cost: run.freeze ? "middling" : "heavy",
          covers: [entryOf(file, key)],
          run: () => compareRun(run, reference, loss),
        },
      ];
    });
