// torchvision's ResNets, whole: names, outputs in both modes, loss, gradient of every parameter, running statistics.
import { engine, tensor1d, tensor4d } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { z } from "zod";
import { shapesOnly } from "../../src/nn/init";
import { toTorch } from "../../src/nn/layout";
import { crossEntropyFlat } from "../../src/nn/losses/crossEntropyFlat";
import { RESNETS, resnetConfig } from "../../src/nn/models/architectures";
import { resnet } from "../../src/nn/models/resnet";
import { loadStateDict, stateShapes } from "../../src/nn/stateDict";
import { readTensors } from "../../src/nn/readTensors";
import { valueAndGradients } from "../../src/tensor/gradients";
import { summaryQuantity } from "../compare";
import type { Family, ParityCase, Quantity } from "../parityCase";
import { entryOf, inputSchema, shapesSchema, summarySchema } from "../reference";
import type { Reference } from "../reference";
import { namesAndShapes } from "../stateNames";
import * as tolerance from "../tolerances";

const file = "resnet.json";
const tensors = "resnet.safetensors";

const schema = z.strictObject({
  loss_train_mode: z.number(),
  targets: z.array(z.number().int()),
  input: inputSchema,
  grads: z.record(z.string(), summarySchema),
  running_after: z.record(z.string(), summarySchema),
  state: shapesSchema,
});

type Entry = z.infer<typeof schema>;
type Arch = keyof typeof RESNETS;

/** The network the entry's shapes ask for, filled by the reference's formula, and its input. */
function prepare(reference: Reference, arch: Arch, { state, input }: Entry) {
  const classes = state["fc.weight"]?.[0] ?? 0;
  const channels = state["conv1.weight"]?.[1] ?? 0;
  const model = resnet(resnetConfig(RESNETS[arch], channels), classes, shapesOnly);
  loadStateDict(model, reference.fill(stateShapes(model)));
  const { data, shape } = reference.pictures(input);
  return { model, x: tensor4d(data, shape as unknown as [number, number, number, number]) };
}

async function* inEvalMode(reference: Reference, arch: Arch, entry: Entry): AsyncIterable<Quantity> {
  const { model, x } = prepare(reference, arch, entry);
  yield namesAndShapes(model, entry.state);
  const logits = engine().tidy(() => model.eval().forward(x));
  const expected = reference.tensor(tensors, `${arch}.eval_logits`).data;
  yield { quantity: "logits", actual: await logits.data(), expected, tolerance: tolerance.outputs };
  model.dispose();
}

async function* inTrainMode(reference: Reference, arch: Arch, entry: Entry): AsyncIterable<Quantity> {
  const { model, x } = prepare(reference, arch, entry);
  model.train();
  const named = model.namedParameters();
  const weight = tensor1d(entry.targets.map(() => 1));
  const targets = { y: tensor1d(entry.targets, "int32"), weight };
  let logits: Tensor | undefined;
  const { value, grads } = valueAndGradients(
    () => {
      logits = engine().keep(model.forward(x));
      return crossEntropyFlat().compute(logits, targets).mean;
    },
    named.map(([, { tensor }]) => tensor),
  );
  const trained = logits as unknown as Tensor;
  const expected = reference.tensor(tensors, `${arch}.train_logits`).data;
  yield { quantity: "logits", actual: await trained.data(), expected, tolerance: tolerance.outputs };
  trained.dispose();
  const loss = [entry.loss_train_mode];
  yield { quantity: "loss", actual: await value.data(), expected: loss, tolerance: tolerance.lossValue };
  yield { quantity: "parameters with a gradient", actual: named.map(([name]) => name), expected: Object.keys(entry.grads), tolerance: tolerance.exact }; // prettier-ignore
  for (const [i, [name, { layout }]] of named.entries()) {
    const gradient = grads[i] as Tensor;
    const [values] = await readTensors([gradient]);
    const data = toTorch(values as Float32Array, gradient.shape, layout);
    const summary = entry.grads[name];
    if (summary) yield summaryQuantity("gradients", name, data, summary, tolerance.gradients);
  }
  for (const [name, summary] of Object.entries(entry.running_after)) {
    const buffer = model.namedBuffers().find(([key]) => key === name)?.[1];
    const values = buffer?.kind === "tensor" ? await buffer.tensor.data() : [];
    yield summaryQuantity("running statistics", name, values, summary, tolerance.statistics);
  }
  model.dispose();
}

/** Two cases an entry: eval and train mode. */
export const resnetFamily: Family = (reference) =>
  reference
    .keys(file)
    .filter((key): key is Arch => Object.hasOwn(RESNETS, key))
    .flatMap((arch): ParityCase[] => {
      const entry = reference.entry(file, arch, schema);
      const small = arch === "resnet18";
      return [
        {
          name: `resnet/${arch} eval`,
          cost: small ? "light" : "middling",
          covers: [entryOf(file, arch), entryOf(tensors, `${arch}.eval_logits`)],
          run: () => inEvalMode(reference, arch, entry),
        },
        {
          name: `resnet/${arch} train`,
          cost: small ? "middling" : "heavy",
          covers: [entryOf(tensors, `${arch}.train_logits`)],
          run: () => inTrainMode(reference, arch, entry),
        },
      ];
    });
