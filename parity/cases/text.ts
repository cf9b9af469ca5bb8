// fastai's text models and rules: names, groups, logits with carried state, losses, AR and TAR, gradients, tokens.
import { add, engine, tensor1d, tensor2d } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { z } from "zod";
import { POST_RULES, PRE_RULES } from "../../src/data/text/rules";
import { SPECIALS } from "../../src/data/text/specials";
import { createTextVocab } from "../../src/data/text/textVocab";
import { activationPenalty } from "../../src/kernels/activationPenalty";
import { toTorch } from "../../src/nn/layout";
import { crossEntropyFlat } from "../../src/nn/losses/crossEntropyFlat";
import type { AwdLstmConfig } from "../../src/nn/models/text/awdLstmConfig";
import { languageModel } from "../../src/nn/models/text/languageModel";
import type { RecurrentModel } from "../../src/nn/models/text/recurrentModel";
import { textClassifier } from "../../src/nn/models/text/textClassifier";
import type { Module } from "../../src/nn/module";
import { recurrentShapesOnly } from "../../src/nn/recurrentInit";
import { readTensors } from "../../src/nn/readTensors";
import { loadStateDict } from "../../src/nn/stateDict";
import type { HostTensor } from "../../src/nn/stateDict";
import { valueAndGradients } from "../../src/tensor/gradients";
import { tensorOf } from "../../src/tensor/writeTensor";
import { summaryQuantity } from "../compare";
import type { Family, Quantity } from "../parityCase";
import { entryOf, shapesSchema, summarySchema } from "../reference";
import type { Reference, ReferenceTensor } from "../reference";
import { namesAndShapes } from "../stateNames";
import * as tolerance from "../tolerances";

const file = "text.json";
const tensors = "text.safetensors";

const configSchema = z.strictObject({
  emb_sz: z.number().int(),
  n_hid: z.number().int(),
  n_layers: z.number().int(),
  pad_token: z.number().int(),
  bidir: z.boolean(),
  vocab: z.number().int(),
  bs: z.number().int(),
  bptt: z.number().int(),
  alpha: z.number().optional(),
  beta: z.number().optional(),
});
const gradientsSchema = z.record(z.string(), summarySchema);
const lossesSchema = z.array(z.strictObject({ ce: z.number(), reg: z.number() }));
const rulesSchema = z.array(
  z.strictObject({ text: z.string(), steps: z.record(z.string(), z.union([z.string(), z.array(z.string())])) }),
);

/** What fastai's RNNLearner takes unless the reference says otherwise. */
const regularisationOf = ({ alpha = 2, beta = 1 }: z.infer<typeof configSchema>) => ({ alpha, beta });

const read = <T>(reference: Reference, key: string, schema: z.ZodType<T>): T => reference.entry(file, key, schema);

function configOf(reference: Reference): {
  readonly config: AwdLstmConfig;
  readonly cfg: z.infer<typeof configSchema>;
} {
  const cfg = read(reference, "lm_cfg", configSchema);
  const sizes = {
    embSz: cfg.emb_sz,
    nHid: cfg.n_hid,
    nLayers: cfg.n_layers,
    padToken: cfg.pad_token,
    bidir: cfg.bidir,
  };
  return { cfg, config: { ...sizes, hiddenP: 0, inputP: 0, embedP: 0, weightP: 0, outputP: 0 } };
}

const shapesOf = (state: Readonly<Record<string, readonly number[]>>) => new Map(Object.entries(state));

/** Tensors are uniform within 1 / √n_hid, those of a classifier's head (`1.layers`) as everywhere; shared ones have one name. */
function fillOf(
  reference: Reference,
  state: Readonly<Record<string, readonly number[]>>,
  nameOf: (name: string) => string,
  nHid: number,
): Map<string, HostTensor> {
  const shared: Readonly<Record<string, string>> = {
    "0.encoder_dp.emb.weight": "0.encoder.weight",
    "1.decoder.weight": "0.encoder.weight",
  };
  const filled = reference.fill(shapesOf(state));
  return new Map(
    Object.entries(state).map(([name, shape]): [string, HostTensor] => {
      const made = nameOf(name);
      const source = shared[made] ?? made;
      if (source.startsWith("1.layers.")) return [name, filled.get(name) as HostTensor];
      return [name, { shape, data: reference.uniform(source, shape).map((u) => u / Math.sqrt(nHid)) }];
    }),
  );
}

function idsOf({ shape, data }: ReferenceTensor, from: number, to: number): Tensor {
  const [rows = 0, length = 0] = shape;
  const ids = Int32Array.from({ length: rows * (to - from) }, (_, i) => {
    const row = Math.floor(i / (to - from));
    return data[row * length + from + (i % (to - from))] as number;
  });
  return tensor2d(ids, [rows, to - from], "int32");
}

async function* gradientQuantities(
  model: Module,
  grads: readonly (Tensor | null)[],
  expected: z.infer<typeof gradientsSchema>,
  within: tolerance.Tolerance,
): AsyncIterable<Quantity> {
  const named = model.namedParameters();
  yield {
    quantity: "parameters with a gradient",
    actual: named.map(([name]) => name),
    expected: Object.keys(expected),
    tolerance: tolerance.exact,
  };
  for (const [i, [name, { layout }]] of named.entries()) {
    const gradient = grads[i] as Tensor;
    const [values] = await readTensors([gradient]);
    const summary = expected[name];
    const data = toTorch(values as Float32Array, gradient.shape, layout);
    if (summary) yield summaryQuantity("gradients", name, data, summary, within);
  }
}

const penaltyOf = ({ lastOutput }: RecurrentModel, cfg: z.infer<typeof configSchema>): Tensor => {
  if (!lastOutput) throw new Error("the model kept no activations");
  return activationPenalty(lastOutput, regularisationOf(cfg));
};

async function* languageModelNumbers(reference: Reference): AsyncIterable<Quantity> {
  const { cfg, config } = configOf(reference);
  const state = read(reference, "lm_state", shapesSchema);
  const fill = read(reference, "lm_fill", z.record(z.string(), z.string()));
  const tieWeights = "1.decoder.weight" in state;
  const model = languageModel(cfg.vocab, recurrentShapesOnly, {
    config: { ...config, tieWeights, outBias: "1.decoder.bias" in state },
  });
  yield namesAndShapes(model, state);
  const groups = model.groups.map(({ modules }) => {
    const inside = new Set(modules.flatMap((module) => module.parameters()));
    return model
      .namedParameters()
      .flatMap(([name, parameter]) => (inside.has(parameter) ? [name] : []))
      .join(" ");
  });
  const expectedGroups = read(reference, "lm_groups", z.array(z.array(z.string())));
  yield {
    quantity: "layer groups",
    actual: groups,
    expected: expectedGroups.map((names) => names.join(" ")),
    tolerance: tolerance.exact,
  };
  loadStateDict(
    model,
    fillOf(reference, state, (name) => fill[name] ?? name, cfg.n_hid),
  );

  const ids = reference.tensor(tensors, "lm.ids");
  const weight = tensor1d(Array<number>(cfg.bs).fill(1));
  const losses = read(reference, "lm_loss_eval", z.array(z.number()));
  const batch = (k: number) => ({
    x: idsOf(ids, k * cfg.bptt, (k + 1) * cfg.bptt),
    y: idsOf(ids, k * cfg.bptt + 1, (k + 1) * cfg.bptt + 1),
    weight,
  });
  model.eval().reset();
  for (const [k, loss] of losses.entries()) {
    const { x, ...targets } = batch(k);
    const [logits, mean] = engine().tidy(() => {
      const outputs = model.forward(x);
      return [outputs, crossEntropyFlat().compute(outputs, targets).mean];
    }) as [Tensor, Tensor];
    const expected = reference.tensor(tensors, `lm.logits.${k}`).data;
    yield {
      quantity: "logits, state carried",
      item: `batch ${k}`,
      actual: await logits.data(),
      expected,
      tolerance: tolerance.recurrentOutputs,
    };
    yield {
      quantity: "loss",
      item: `batch ${k}`,
      actual: await mean.data(),
      expected: [loss],
      tolerance: tolerance.lossValue,
    };
  }

  model.train().reset();
  const parameters = model.parameters().map(({ tensor }) => tensor);
  const trained = read(reference, "lm_loss_train", lossesSchema);
  for (const [k, { ce, reg }] of trained.entries()) {
    const { x, ...targets } = batch(k);
    const parts: Tensor[] = [];
    const { grads } = valueAndGradients(() => {
      const loss = crossEntropyFlat().compute(model.forward(x), targets).mean;
      const penalty = penaltyOf(model, cfg);
      parts.push(engine().keep(loss), engine().keep(penalty));
      return add(loss, penalty);
    }, parameters);
    const [loss, penalty] = parts as [Tensor, Tensor];
    yield {
      quantity: "loss in training",
      item: `batch ${k}`,
      actual: await loss.data(),
      expected: [ce],
      tolerance: tolerance.lossValue,
    };
    yield {
      quantity: "AR + TAR",
      item: `batch ${k}`,
      actual: await penalty.data(),
      expected: [reg],
      tolerance: tolerance.lossValue,
    };
    if (k === trained.length - 1)
      yield* gradientQuantities(
        model,
        grads,
        read(reference, "lm_grads", gradientsSchema),
        tolerance.recurrentGradients,
      );
  }
  model.dispose();
}

/** Widths of the head's hidden layers: rows of all its matrices but the last. */
function hiddenWidths(state: Readonly<Record<string, readonly number[]>>): { widths: number[]; classes: number } {
  const rows = Object.entries(state)
    .filter(([name, shape]) => name.startsWith("1.") && shape.length === 2)
    .map(([, shape]) => shape[0] as number);
  return { widths: rows.slice(0, -1), classes: rows.at(-1) ?? 0 };
}

async function* classifierNumbers(reference: Reference): AsyncIterable<Quantity> {
  const { cfg, config } = configOf(reference);
  const state = read(reference, "clas_state", shapesSchema);
  const { widths, classes } = hiddenWidths(state);
  const model = textClassifier(cfg.vocab, classes, recurrentShapesOnly, {
    config,
    bptt: read(reference, "clas_bptt", z.number().int()),
    maxLen: read(reference, "clas_max_len", z.number().int()),
    linFtrs: widths,
    ps: widths.map(() => 0),
  });
  yield namesAndShapes(model, state);
  const repr = read(reference, "clas_repr", z.string());
  const kinds = [...repr.matchAll(/\(\w+\): (\w+)\(/g)].map(([, kind]) => kind as string);
  yield {
    quantity: "modules",
    actual: model
      .namedModules()
      .slice(1)
      .map(([, { kind }]) => kind),
    expected: kinds,
    tolerance: tolerance.exact,
  };
  loadStateDict(
    model,
    fillOf(reference, state, (name) => name.replace(/module\./g, "").replace(/_raw$/, ""), cfg.n_hid),
  );
  const ids = reference.tensor(tensors, "clas.ids");
  const x = idsOf(ids, 0, ids.shape[1] as number);
  const logits = engine().tidy(() => model.eval().forward(x));
  const expected = reference.tensor(tensors, "clas.logits").data;
  yield { quantity: "logits", actual: await logits.data(), expected, tolerance: tolerance.recurrentOutputs };

  const labels = read(reference, "clas_targets", z.array(z.number().int()));
  const targets = {
    y: tensorOf(Int32Array.from(labels), [labels.length], "int32"),
    weight: tensor1d(labels.map(() => 1)),
  };
  model.train();
  const { value, grads } = valueAndGradients(
    () => crossEntropyFlat().compute(model.forward(x), targets).mean,
    model.parameters().map(({ tensor }) => tensor),
  );
  yield {
    quantity: "loss in training",
    actual: await value.data(),
    expected: [read(reference, "clas_train_loss", z.number())],
    tolerance: tolerance.smallBatchNormLoss,
  };
  yield* gradientQuantities(
    model,
    grads,
    read(reference, "clas_grads", gradientsSchema),
    tolerance.smallBatchNormGradients,
  );
  model.dispose();
}

function* rulesStepByStep(reference: Reference): Iterable<Quantity> {
  const equal = (quantity: string, item: string, actual: readonly string[], expected: readonly string[]): Quantity => ({
    quantity,
    item,
    // A list without words would be compared as numbers.
    actual: ["", ...actual],
    expected: ["", ...expected],
    tolerance: tolerance.exact,
  });
  const names = (key: string) => read(reference, key, z.array(z.string()));
  yield equal(
    "rules in order",
    "pre",
    PRE_RULES.map(({ id }) => id),
    names("pre_rules"),
  );
  yield equal(
    "rules in order",
    "post",
    POST_RULES.map(({ id }) => id),
    names("post_rules"),
  );
  yield equal("special tokens", "", SPECIALS, names("spec_tok"));
  const example = names("vocab_example");
  yield equal("vocabulary", "", createTextVocab([["a"]]).itos.slice(0, example.length), example);
  for (const { text, steps } of read(reference, "text_rules", rulesSchema)) {
    let current = text;
    for (const { id, apply } of PRE_RULES) {
      current = apply(current);
      yield equal("steps of the rules", `${id} of “${text}”`, [current], [steps[id]].flat() as string[]);
    }
    let tokens: readonly string[] = current.split(" ");
    for (const { id, apply } of POST_RULES) {
      tokens = apply(tokens);
      yield equal("steps of the rules", `${id} of “${text}”`, tokens, [steps[id]].flat() as string[]);
    }
  }
}

const covers = (reference: Reference, keys: RegExp, names: RegExp): string[] => [
  ...reference
    .keys(file)
    .filter((key) => keys.test(key))
    .map((key) => entryOf(file, key)),
  ...reference
    .tensorNames(tensors)
    .filter((name) => names.test(name))
    .map((name) => entryOf(tensors, name)),
];

/** Language model, classifier, rules: what of them the directory has. */
export const textFamily: Family = (reference) => {
  const keys = new Set(reference.keys(file));
  const all = [
    {
      name: "text/language model",
      needs: "lm_state",
      keys: /^lm_(cfg|state|fill|groups|grads|loss_eval|loss_train)$/,
      names: /^lm\.(ids$|logits\.\d+$)/,
      run: languageModelNumbers,
    },
    {
      name: "text/classifier",
      needs: "clas_state",
      keys: /^clas_(state|repr|bptt|max_len|targets|train_loss|grads)$/,
      names: /^clas\.(ids|logits)$/,
      run: classifierNumbers,
    },
    {
      name: "text/rules",
      needs: "text_rules",
      keys: /^(pre_rules|post_rules|spec_tok|text_rules|vocab_example)$/,
      names: /^$/,
      run: rulesStepByStep,
    },
  ];
  return all
    .filter(({ needs }) => keys.has(needs))
    .map(({ name, run, ...pattern }) => ({
      name,
      cost: "light" as const,
      covers: covers(reference, pattern.keys, pattern.names),
      run: () => run(reference),
    }));
};
