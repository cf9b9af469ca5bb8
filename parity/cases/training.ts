// What fastai's training is made of: schedules, the search for a rate, smoothing, slices of rates, metrics and losses.
import { tensor, tensor1d } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { z } from "zod";
import { lossFor } from "../../src/nn/losses/lossFor";
import { learningRates } from "../../src/optim/learningRates";
import { defaultsOf } from "../../src/spec/params";
import type { ParamValue } from "../../src/spec/params";
import type { Choice } from "../../src/spec/recipe";
import { oneCycle } from "../../src/spec/schedules/oneCycle";
import { exponential } from "../../src/spec/schedules/schedule";
import { channelsLast } from "../../src/testing/uniform";
import { METRICS } from "../../src/train/metrics/metrics";
import { confusionMetric } from "../../src/train/metrics/gathered";
import { lrFindDefaults } from "../../src/train/lrFind";
import { createSmoothing } from "../../src/train/smoothing";
import type { Family, ParityCase, Quantity } from "../parityCase";
import { entryOf } from "../reference";
import type { Reference } from "../reference";
import * as tolerance from "../tolerances";

const file = "training.json";
const numbers = z.array(z.number());

const cycleSchema = z.record(z.string(), z.strictObject({ lr: numbers, mom: numbers }));
const cycleKey = z.strictObject({
  n: z.number(),
  lr_max: z.number(),
  pct_start: z.number().optional(),
  div_factor: z.number().optional(),
  final_div: z.number().optional(),
  moms: z.tuple([z.number(), z.number()]).optional(),
});

function* oneCycles(reference: Reference): Iterable<Quantity> {
  for (const [key, run] of Object.entries(reference.entry(file, "one_cycle", cycleSchema))) {
    const { n, lr_max, pct_start, div_factor, final_div, moms } = cycleKey.parse(JSON.parse(key));
    const { lr, momentum } = oneCycle(n, {
      ...(pct_start === undefined ? {} : { pctStart: pct_start }),
      ...(div_factor === undefined ? {} : { div: div_factor }),
      ...(final_div === undefined ? {} : { divFinal: final_div }),
      ...(moms === undefined ? {} : { moms }),
    });
    const along = (schedule: (pct: number) => number, count: number) =>
      Array.from({ length: count }, (_, i) => schedule(i / n));
    yield { quantity: "learning rates", item: key, actual: along(lr(lr_max), run.lr.length), expected: run.lr, tolerance: tolerance.formula }; // prettier-ignore
    yield { quantity: "momentum", item: key, actual: along(momentum, run.mom.length), expected: run.mom, tolerance: tolerance.formula }; // prettier-ignore
  }
}

function* searchedRates(reference: Reference): Iterable<Quantity> {
  const expected = reference.entry(file, "lr_find_lrs", numbers);
  const [first = 0, second = 0] = expected;
  const { start, end } = lrFindDefaults;
  // The file holds the rates alone: fastai's range is taken where it begins there, or else the one its first step shows.
  const usual = Math.abs(first / start - 1) < 1e-9;
  const rate = usual ? exponential(start, end) : exponential(first, first * (second / first) ** expected.length);
  const actual = expected.map((_, i) => rate(i / expected.length));
  yield { quantity: "learning rates", actual, expected, tolerance: tolerance.formula };
}

const smoothSchema = z.strictObject({ beta: z.number(), losses: numbers, smoothed: numbers });

function* smoothed(reference: Reference): Iterable<Quantity> {
  const { beta, losses, smoothed: expected } = reference.entry(file, "smooth", smoothSchema);
  const smoothing = createSmoothing(beta);
  yield { quantity: "smoothed losses", actual: losses.map((loss) => smoothing.add(loss)), expected, tolerance: tolerance.formula }; // prettier-ignore
}

function* slices(reference: Reference): Iterable<Quantity> {
  for (const [key, expected] of Object.entries(reference.entry(file, "even_mults", z.record(z.string(), numbers)))) {
    const [, inside = "", groups] = /^slice\(([^)]*)\),(\d+)$/.exec(key) ?? [];
    const [first, last] = inside.split(",").map(Number);
    const lr = last === undefined ? { stop: first ?? NaN } : { start: first ?? NaN, stop: last };
    yield { quantity: "rates of the groups", item: key, actual: learningRates(lr, Number(groups)), expected, tolerance: tolerance.formula }; // prettier-ignore
  }
}

const metricsSchema = z.strictObject({
  multi: z.record(z.string(), z.number()),
  single: z.record(z.string(), z.union([z.number(), z.array(numbers)])),
  seg: z.record(z.string(), z.number()),
  reg: z.record(z.string(), z.number()),
});

interface Made {
  readonly outputs: Tensor;
  readonly y: Tensor;
}

/** The inputs of the metrics, as the reference's README writes them down; class counts where a result shows them. */
function madeInputs(reference: Reference, classes: number) {
  const labels = (name: string, shape: number[], count: number): Int32Array =>
    Int32Array.from(reference.uniform(name, shape), (u) => Math.min(count - 1, Math.floor((u + 1) * (count / 2)))); // prettier-ignore
  const pixels = channelsLast(reference.uniform("s.logits", [2, 5, 12, 10]), [2, 5, 12, 10]);
  const masks = labels("s.t", [2, 1, 12, 10], 5);
  const firstTwo = pixels.data.filter((_, i) => i % 5 < 2);
  return {
    multi: {
      outputs: tensor(reference.uniform("m.logits", [16, 17]), [16, 17]),
      y: tensor(Float32Array.from(reference.uniform("m.t", [16, 17]), (u) => (u > 0.3 ? 1 : 0)), [16, 17]), // prettier-ignore
    },
    single: {
      outputs: tensor(reference.uniform("c.logits", [64, classes]), [64, classes]),
      y: tensor1d(labels("c.t", [64], classes), "int32"),
    },
    seg: { outputs: tensor(pixels.data, [2, 12, 10, 5]), y: tensor(masks, [2, 12, 10], "int32") },
    binary: {
      outputs: tensor(firstTwo, [2, 12, 10, 2]),
      y: tensor(masks.map((label) => (label > 2 ? 1 : 0)), [2, 12, 10], "int32"), // prettier-ignore
    },
    reg: { outputs: tensor(reference.uniform("r.p", [32, 2]), [32, 2]), y: tensor(reference.uniform("r.t", [32, 2]), [32, 2]) }, // prettier-ignore
  } satisfies Record<string, Made>;
}

async function measured(kind: string, fields: Readonly<Record<string, ParamValue>>, { outputs, y }: Made) {
  const entry = METRICS.find(({ id }) => id === kind);
  if (!entry) throw new Error(`there is no metric ${kind}`);
  const metric = entry.make(
    { ...defaultsOf(entry.params), ...fields },
    { inputShape: () => [1, 1, 3], vocab: () => [] },
  );
  metric.update(outputs, y, tensor1d(Array<number>(outputs.shape[0] ?? 0).fill(1)));
  const value = await metric.compute();
  metric.dispose();
  return value ?? Number.NaN;
}

/** A name of the reference → ours, with its fields. */
const metricNames: readonly (readonly [RegExp, string, (match: RegExpExecArray) => Record<string, ParamValue>])[] = [
  [/^accuracy_thresh_([\d.]+)$/, "accuracyThresh", ([, thresh]) => ({ thresh: Number(thresh) })],
  [/^fbeta_([\d.]+)(?:_beta([\d.]+))?$/, "fbeta", ([, thresh, beta]) => ({ thresh: Number(thresh), beta: Number(beta ?? 2) })], // prettier-ignore
  [/^accuracy$/, "accuracy", () => ({})],
  [/^error_rate$/, "errorRate", () => ({})],
  [/^top_k_(\d+)$/, "topKAccuracy", ([, k]) => ({ k: Number(k) })],
  [/^Precision(\{.*\})$/, "precision", ([, fields = "{}"]) => JSON.parse(fields) as Record<string, ParamValue>],
  [/^Recall(\{.*\})$/, "recall", ([, fields = "{}"]) => JSON.parse(fields) as Record<string, ParamValue>],
  [/^FBeta(\{.*\})$/, "fbetaScore", ([, fields = "{}"]) => JSON.parse(fields) as Record<string, ParamValue>],
  [/^KappaScore(\{.*\})$/, "kappa", ([, fields = "{}"]) => JSON.parse(fields) as Record<string, ParamValue>],
  [/^MatthewsCorreff\{\}$/, "matthews", () => ({})],
  [/^(?:acc_camvid|foreground_acc)_void(\d+)$/, "accCamvid", ([, left]) => ({ void: String(left) })],
  [/^dice_bin$/, "dice", () => ({})],
  [/^iou_bin$/, "iou", () => ({})],
  [/^mse$/, "mse", () => ({})],
  [/^rmse$/, "rmse", () => ({})],
  [/^mae$/, "mae", () => ({})],
  [/^msle$/, "msle", () => ({})],
  [/^exp_rmspe$/, "expRmspe", () => ({})],
  [/^explained_variance$/, "explainedVariance", () => ({})],
  [/^r2$/, "r2", () => ({})],
];

async function* metricValues(reference: Reference): AsyncIterable<Quantity> {
  const expected = reference.entry(file, "metrics", metricsSchema);
  const matrix = expected.single["ConfusionMatrix{}"];
  const inputs = madeInputs(reference, Array.isArray(matrix) ? matrix.length : 7);
  for (const [family, values] of Object.entries(expected)) {
    for (const [name, value] of Object.entries(values)) {
      const made = inputs[name.endsWith("_bin") ? "binary" : (family as "multi")];
      if (Array.isArray(value)) {
        let seen: readonly (readonly number[])[] = [];
        const metric = confusionMetric({ id: "confusion", label: "", unit: "", better: "higher" }, (counts) => ((seen = counts), 0)); // prettier-ignore
        metric.update(made.outputs, made.y, tensor1d(Array<number>(made.outputs.shape[0] ?? 0).fill(1)));
        await metric.compute();
        metric.dispose();
        yield { quantity: "confusion matrix", item: name, actual: seen.flat(), expected: value.flat(), tolerance: tolerance.exact }; // prettier-ignore
        continue;
      }
      const [kind, fields] = metricNames.flatMap(([pattern, id, fieldsOf]) => {
        const match = pattern.exec(name);
        return match ? [[id, fieldsOf(match)] as const] : [];
      })[0] ?? [`${name}, which no metric of ours is called`, {}]; // prettier-ignore
      yield { quantity: `metrics of ${family}`, item: name, actual: [await measured(kind, fields, made)], expected: [value], tolerance: tolerance.metricValue }; // prettier-ignore
    }
  }
}

function lossChoice(name: string, classes: number): Choice {
  const weights = Array.from({ length: classes }, (_, c) => c + 1).join();
  const [, smoothing] = /^label_smoothing_([\d.]+)$/.exec(name) ?? [];
  const [, ignore] = /^ce_ignore_(\d+)$/.exec(name) ?? [];
  if (smoothing !== undefined) return { kind: "crossEntropy", smoothing: Number(smoothing) };
  if (ignore !== undefined) return { kind: "crossEntropy", ignore: Number(ignore) };
  if (name === "ce_weighted") return { kind: "crossEntropy", classWeights: weights };
  if (name === "ce") return { kind: "crossEntropy" };
  throw new Error(`no loss of ours is called ${name}`);
}

async function* lossValues(reference: Reference): AsyncIterable<Quantity> {
  const matrix = reference.keys(file).includes("metrics")
    ? reference.entry(file, "metrics", metricsSchema).single["ConfusionMatrix{}"]
    : undefined;
  const classes = Array.isArray(matrix) ? matrix.length : 7;
  const { outputs, y } = madeInputs(reference, classes).single;
  const weight = tensor1d(Array<number>(64).fill(1));
  for (const [name, value] of Object.entries(reference.entry(file, "losses", z.record(z.string(), z.number())))) {
    const { mean } = lossFor("singleLabel", lossChoice(name, classes)).compute(outputs, { y, weight });
    yield { quantity: "losses", item: name, actual: await mean.data(), expected: [value], tolerance: tolerance.metricValue }; // prettier-ignore
  }
}

const parts: Readonly<Record<string, ParityCase["run"]>> = {
  one_cycle: ({ reference }) => oneCycles(reference),
  lr_find_lrs: ({ reference }) => searchedRates(reference),
  smooth: ({ reference }) => smoothed(reference),
  even_mults: ({ reference }) => slices(reference),
  metrics: ({ reference }) => metricValues(reference),
  losses: ({ reference }) => lossValues(reference),
};

/** One case an entry, but for the whole runs (`train:`). */
export const trainingFamily: Family = (reference) =>
  reference
    .keys(file)
    .filter((key) => Object.hasOwn(parts, key))
    .map((key) => ({
      name: `training/${key}`,
      cost: "light" as const,
      covers: [entryOf(file, key)],
      run: parts[key] as ParityCase["run"],
    }));
