// fastai's U-Nets in every option set: names, groups, outputs of evaluation, loss and gradients of a training step.
import { engine, tensor1d, tensor4d } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import { z } from "zod";
import { shapesOnly } from "../../src/nn/init";
import { crossEntropyFlat } from "../../src/nn/losses/crossEntropyFlat";
import type { LossTargets } from "../../src/nn/losses/loss";
import { RESNETS, resnetBody, resnetConfig } from "../../src/nn/models/architectures";
import { DynamicUnet } from "../../src/nn/models/unet/dynamicUnet";
import { PixelShuffleIcnr } from "../../src/nn/models/unet/pixelShuffleIcnr";
import { unetDefaults } from "../../src/nn/models/unet/unetOptions";
import type { DecoderNorm } from "../../src/nn/models/unet/unetOptions";
import { loadStateDict, stateShapes } from "../../src/nn/stateDict";
import type { HostTensor } from "../../src/nn/stateDict";
import { valueAndGradients } from "../../src/tensor/gradients";
import { compare, summaryQuantity } from "../compare";
import { freshVectors } from "../freshUnet";
import { compareGradients, namedGradients, nudged } from "../gradients";
import type { Family, ParityCase, Quantity } from "../parityCase";
import { entryOf, inputSchema, shapesSchema, summarySchema } from "../reference";
import type { Reference } from "../reference";
import { namesAndShapes } from "../stateNames";
import * as tolerance from "../tolerances";

const file = "vision_models.json";
const tensors = "unet.safetensors";

const schema = z.strictObject({
  n_classes: z.number().int(),
  input: inputSchema,
  eval_stride: z.number().int(),
  size: z.tuple([z.number().int(), z.number().int()]),
  opts: z.record(z.string(), z.string()),
  out: z.array(z.number().int()),
  eval: summarySchema,
  state: shapesSchema,
  target: z.strictObject({
    name: z.string(),
    shape: z.array(z.number().int()),
    formula: z.literal("min(n_classes-1, floor((u+1)*n_classes/2))"),
  }).optional(), // prettier-ignore
  train_loss: z.number().optional(),
  grads: z.record(z.string(), summarySchema).optional(),
});
type Entry = z.infer<typeof schema>;

const knownOptions = new Set(["blur", "blur_final", "self_attention", "y_range", "last_cross", "bottle", "norm_type"]);

/** fastai's keyword arguments, as Python prints them. */
function optionsOf(opts: Entry["opts"]) {
  const strange = Object.keys(opts).filter((key) => !knownOptions.has(key));
  if (strange.length > 0) throw new Error(`options nobody knows: ${strange.join(", ")}`);
  const flag = (key: string, otherwise: boolean) => (key in opts ? opts[key] === "True" : otherwise);
  const norms: Readonly<Record<string, DecoderNorm>> = { None: "none", Batch: "batch", BatchZero: "batchZero", Weight: "weight", Spectral: "spectral" }; // prettier-ignore
  // Without a norm, fastai's layers take their own defaults.
  const named = /(\w+)(?:: ?\d+>)?$/.exec(opts["norm_type"] ?? "")?.[1];
  const bounds = /^\(([-\d.e]+), ([-\d.e]+)\)$/.exec(opts["y_range"] ?? "");
  return {
    options: {
      ...unetDefaults,
      norm: named === undefined ? "mixed" : (norms[named] ?? "mixed"),
      blur: flag("blur", false),
      blurFinal: flag("blur_final", true),
      selfAttention: flag("self_attention", false),
      lastCross: flag("last_cross", true),
      bottle: flag("bottle", false),
    },
    yRange: bounds ? ([Number(bounds[1]), Number(bounds[2])] as const) : undefined,
  };
}

/** The ResNet whose names and shapes lie under `layers.0.`. */
function encoderOf(state: Entry["state"]): keyof typeof RESNETS {
  const lines = Object.entries(state).flatMap(([name, shape]) => (name.startsWith("layers.0.") ? [`${name.slice(9)} ${shape}`] : [])); // prettier-ignore
  const channels = state["layers.0.0.weight"]?.[1] ?? 0;
  for (const arch of Object.keys(RESNETS) as (keyof typeof RESNETS)[]) {
    const { module } = resnetBody(resnetConfig(RESNETS[arch], channels), shapesOnly);
    const own = [...stateShapes(module)].filter(([name]) => !name.endsWith("num_batches_tracked"));
    module.dispose();
    if (own.map(([name, shape]) => `${name} ${shape}`).join() === lines.join()) return arch;
  }
  throw new Error("no ResNet of ours has the encoder's names and shapes");
}

/** Seed 0's numbers where the reference left them, or the formula's everywhere. */
type Filling = "as initialised" | "by formula";

function made({ state, size, n_classes: classes, opts }: Entry): DynamicUnet {
  const arch = encoderOf(state);
  const channels = state["layers.0.0.weight"]?.[1] ?? 0;
  const { options, yRange } = optionsOf(opts);
  const body = resnetBody(resnetConfig(RESNETS[arch], channels), shapesOnly);
  return new DynamicUnet(body, { classes, channels, size, yRange }, options, shapesOnly);
}

function filled(reference: Reference, entry: Entry, filling: Filling): DynamicUnet {
  const model = made(entry);
  const values: Map<string, HostTensor> = reference.fill(stateShapes(model));
  if (filling === "as initialised") for (const [name, value] of freshVectors(stateShapes(model), entry.size)) values.set(name, value); // prettier-ignore
  loadStateDict(model, values);
  return model;
}

/** [B, H, W, C] → [B, C, H/stride, W/stride], flat. */
function sampled(
  data: ArrayLike<number>,
  [batch = 0, height = 0, width = 0, channels = 0]: readonly number[],
  stride: number,
) {
  // prettier-ignore
  const values: number[] = [];
  for (let b = 0; b < batch; b += 1)
    for (let c = 0; c < channels; c += 1)
      for (let y = 0; y < height; y += stride)
        for (let x = 0; x < width; x += stride)
          values.push(data[((b * height + y) * width + x) * channels + c] as number);
  return values;
}

const pictures = (reference: Reference, { input }: Entry): Tensor4D => {
  const { data, shape } = reference.pictures(input);
  return tensor4d(data, shape as unknown as [number, number, number, number]);
};

async function evaluated(reference: Reference, entry: Entry, filling: Filling) {
  const model = filled(reference, entry, filling);
  const x = pictures(reference, entry);
  const y = engine().tidy(() => model.eval().forward(x));
  const data = await y.data();
  const { shape } = y;
  for (const t of [x, y]) t.dispose();
  model.dispose();
  return { data, shape };
}

async function* inEvalMode(reference: Reference, name: string, entry: Entry): AsyncIterable<Quantity> {
  const { options } = optionsOf(entry.opts);
  const expected = reference.tensor(tensors, `${name}.eval`).data;
  const [batch = 0, classes = 0, height = 0, width = 0] = entry.out;
  const within = options.norm === "spectral" ? tolerance.spectralOutputs : tolerance.outputs;
  let best: Quantity | null = null;
  for (const filling of ["as initialised", "by formula"] as const) {
    const { data, shape } = await evaluated(reference, entry, filling);
    yield { quantity: "shape", actual: shape, expected: [batch, height, width, classes], tolerance: tolerance.exact };
    const actual = sampled(data, shape, entry.eval_stride);
    const found: Quantity = { quantity: "outputs", item: filling, actual, expected, tolerance: within };
    const named = summaryQuantity("summary of all outputs", filling, sampled(data, shape, 1), entry.eval, within); // prettier-ignore
    if (!best || compare(found).ok) best = found;
    if (compare(found).ok) {
      yield { ...named, tolerance: { ...within, measure: "scaled" } };
      break;
    }
    // Without directions or singular vectors both fillings are the same.
    if (["none", "batch", "batchZero"].includes(options.norm) && !options.selfAttention) break;
  }
  if (best) yield best;
}

/** Loss and gradients of a training step. */
async function backward(model: DynamicUnet, x: Tensor, targets: LossTargets) {
  const parameters = model.parameters().map(({ tensor }) => tensor);
  const { value, grads } = valueAndGradients(
    () => crossEntropyFlat().compute(model.forward(x), targets).mean,
    parameters,
  );
  const gradients = await namedGradients(model, grads);
  const loss = await value.data();
  for (const t of [value, ...grads]) t?.dispose();
  return { loss, gradients };
}

async function* inTrainMode(reference: Reference, entry: Entry): AsyncIterable<Quantity> {
  const { target, n_classes: classes, grads: summaries = {}, train_loss: loss = Number.NaN } = entry;
  if (!target) return;
  const model = filled(reference, entry, "as initialised").train();
  const x = pictures(reference, entry);
  const ids = Int32Array.from(reference.uniform(target.name, target.shape), (u) =>
    Math.min(classes - 1, Math.floor(((u + 1) * classes) / 2)),
  );
  const y = engine().makeTensor(ids, target.shape, "int32");
  const targets = { y, weight: tensor1d(Array.from({ length: target.shape[0] ?? 0 }, () => 1)) };
  const ours = await backward(model, x, targets);
  yield { quantity: "loss", actual: ours.loss, expected: [loss], tolerance: tolerance.lossValue };
  yield { quantity: "parameters with a gradient", actual: [...ours.gradients.keys()], expected: Object.keys(summaries), tolerance: tolerance.exact }; // prettier-ignore
  const longest = Math.max(...Object.values(summaries).map(({ l2 }) => l2));
  const real = Object.entries(summaries).filter(([, { l2 }]) => l2 > 1e-6 * longest);
  for (const [name, { l2 }] of Object.entries(summaries)) {
    if (l2 > 1e-6 * longest) continue;
    const length = Math.hypot(...(ours.gradients.get(name) ?? [Number.NaN])) / longest;
    yield { quantity: "gradients of nothing", item: name, actual: [length], expected: [l2 / longest], tolerance: tolerance.nothing }; // prettier-ignore
  }
  const again = async (seed: number) => (await backward(model, nudged(x, seed), targets)).gradients;
  yield* await compareGradients(ours.gradients, Object.fromEntries(real), again);
  for (const t of [x, y, targets.weight]) t.dispose();
  model.dispose();
}

/** Names and shapes of one entry; layer groups too, where the reference lists those of its encoder. */
function* layoutOf(entry: Entry, groups: readonly (readonly string[])[] | null) {
  const model = made(entry);
  yield namesAndShapes(model, entry.state);
  if (groups) {
    const nameOf = new Map(model.namedParameters().map(([name, parameter]) => [parameter, name]));
    const ours = model.groups.map(({ modules }) => modules.flatMap((module) => module.parameters()));
    yield {
      quantity: "layer groups",
      actual: ours.flatMap((group, i) => group.map((parameter) => `${i} ${nameOf.get(parameter)}`)),
      expected: groups.flatMap((group, i) => group.map((name) => `${i} ${name}`)),
      tolerance: tolerance.exact,
    };
  }
  model.dispose();
}

const shuffleSchema = z.strictObject({ modules: z.string(), state: shapesSchema });

async function* shuffleAlone(reference: Reference): AsyncIterable<Quantity> {
  const { modules, state } = reference.entry(file, "pixelshuffle_icnr", shuffleSchema);
  const [, inputs = 0, four = 0] = (/Conv2d\((\d+), (\d+)/.exec(modules) ?? []).map(Number);
  const norm = "conv.0.weight_g" in state ? "weight" : "conv.0.weight_orig" in state ? "spectral" : "none";
  const model = new PixelShuffleIcnr({ inputs, outputs: four / 4, norm }, shapesOnly);
  yield namesAndShapes(model, state);
  loadStateDict(model, reference.fill(stateShapes(model)));
  const { data, shape } = reference.tensor(tensors, "pixelshuffle.x");
  const [batch = 0, channels = 0, height = 0, width = 0] = shape;
  const nhwc: number[] = [];
  for (let b = 0; b < batch; b += 1)
    for (let i = 0; i < height * width; i += 1)
      for (let c = 0; c < channels; c += 1) nhwc.push(data[(b * channels + c) * height * width + i] as number);
  const y = engine().tidy(() => model.eval().forward(tensor4d(nhwc, [batch, height, width, channels])));
  const actual = sampled(await y.data(), y.shape, 1);
  yield { quantity: "outputs", actual, expected: reference.tensor(tensors, "pixelshuffle.y").data, tolerance: tolerance.outputs }; // prettier-ignore
  y.dispose();
  model.dispose();
}

function casesOf(reference: Reference, key: string): ParityCase[] {
  const entry = reference.entry(file, key, schema);
  const groupsKey = `groups_unet${encoderOf(entry.state).replace("resnet", "")}`;
  const grouped = key === reference.keys(file).find((name) => name.startsWith("unet.")) && reference.keys(file).includes(groupsKey); // prettier-ignore
  const groups = grouped ? reference.entry(file, groupsKey, z.array(z.array(z.string()))) : null;
  const name = `unet/${key.slice("unet.".length)}`;
  const own: ParityCase[] = [
    {
      name: `${name} layout`,
      cost: "light",
      covers: [entryOf(file, key), ...(grouped ? [entryOf(file, groupsKey)] : [])],
      run: () => layoutOf(entry, groups),
    },
    { name: `${name} eval`, cost: grouped ? "middling" : "heavy", covers: [entryOf(tensors, `${key}.eval`)], run: () => inEvalMode(reference, key, entry) }, // prettier-ignore
  ];
  return entry.target ? [...own, { name: `${name} train`, cost: "heavy", covers: [], run: () => inTrainMode(reference, entry) }] : own; // prettier-ignore
}

export const unetFamily: Family = (reference) => {
  const keys = reference.keys(file);
  const shuffle: ParityCase = {
    name: "unet/pixelshuffle",
    cost: "light",
    covers: [entryOf(file, "pixelshuffle_icnr"), entryOf(tensors, "pixelshuffle.x"), entryOf(tensors, "pixelshuffle.y")], // prettier-ignore
    run: () => shuffleAlone(reference),
  };
  return [
    ...(keys.includes("pixelshuffle_icnr") ? [shuffle] : []),
    ...keys.filter((key) => key.startsWith("unet.")).flatMap((key) => casesOf(reference, key)),
  ];
};
