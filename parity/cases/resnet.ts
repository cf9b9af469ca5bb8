// torchvision's ResNets, whole: names, outputs in both modes, loss, gradient of every parameter, running statistics.
import { engine, tensor1d, tensor4d } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { z } from "zod";
import { shapesOnly } from "../../src/nn/init";
import { crossEntropyFlat } from "../../src/nn/losses/crossEntropyFlat";
import { RESNETS, resnetConfig } from "../../src/nn/models/architectures";
import { resnet } from "../../src/nn/models/resnet";
import type { Module } from "../../src/nn/module";
import { loadStateDict, stateShapes } from "../../src/nn/stateDict";
import { valueAndGradients } from "../../src/tensor/gradients";
import { summaryQuantity } from "../compare";
import { compareGradients, namedGradients, nudged } from "../gradients";
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

/** Gradients of every parameter in PyTorch's order, with the loss and the outputs that led there. */
async function backward(model: Module, x: Tensor, classes: readonly number[]) {
  const targets = { y: tensor1d([...classes], "int32"), weight: tensor1d(classes.map(() => 1)) };
  const named = model.namedParameters();
  let logits: Tensor | undefined;
  const { value, grads } = valueAndGradients(
    () => {
      logits = engine().keep(model.forward(x));
      return crossEntropyFlat().compute(logits, targets).mean;
    },
    named.map(([, { tensor }]) => tensor),
  );
  const outputs = logits as unknown as Tensor;
  const gradients = await namedGradients(model, grads);
  const result = { logits: await outputs.data(), loss: await value.data(), gradients };
  for (const tensor of [outputs, value, ...(grads as Tensor[])]) tensor.dispose();
  return result;
}

async function* inTrainMode(reference: Reference, arch: Arch, entry: Entry): AsyncIterable<Quantity> {
  const { model, x } = prepare(reference, arch, entry);
  model.train();
  const { logits, loss, gradients } = await backward(model, x, entry.targets);
  const expected = reference.tensor(tensors, `${arch}.train_logits`).data;
  yield { quantity: "logits", actual: logits, expected, tolerance: tolerance.trainOutputs };
  yield { quantity: "loss", actual: loss, expected: [entry.loss_train_mode], tolerance: tolerance.trainLoss };
  for (const [name, summary] of Object.entries(entry.running_after)) {
    const buffer = model.namedBuffers().find(([key]) => key === name)?.[1];
    const values = buffer?.kind === "tensor" ? await buffer.tensor.data() : [];
    yield summaryQuantity("running statistics", name, values, summary, tolerance.statistics);
  }
  yield { quantity: "parameters with a gradient", actual: [...gradients.keys()], expected: Object.keys(entry.grads), tolerance: tolerance.exact }; // prettier-ignore
  const again = async (seed: number) => (await backward(model, nudged(x, seed), entry.targets)).gradients;
  yield* await compareGradients(gradients, entry.grads, again);
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
