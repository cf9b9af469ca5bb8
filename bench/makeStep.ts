// A training step of a real network on made-up pictures: forward, loss, gradients, optimizer.
import { engine } from "@tensorflow/tfjs-core";
import { crossEntropyFlat } from "../src/nn/losses/crossEntropyFlat";
import { buildModel } from "../src/nn/models/buildModel";
import { adamw } from "../src/optim/adam";
import { valueAndGradients } from "../src/tensor/gradients";
import { randomNormal } from "../src/tensor/random";
import { tensorOf } from "../src/tensor/writeTensor";
import { trainableParameters } from "../src/train/trainable";

export interface StepCase {
  readonly arch: string;
  readonly options: Readonly<Record<string, number>>;
  readonly size: number;
  readonly batch: number;
}

/** The step as a function; its network and optimizer live as long as the page. */
export function makeStep({ arch, options, size, batch }: StepCase) {
  const spec = { arch, options, weights: { kind: "none" }, head: { lin: [512], dropout: 0.5 } };
  const built = buildModel(spec as unknown as Parameters<typeof buildModel>[0], {
    classes: 10,
    channels: 3,
    init: { seed: 1 },
  });
  if (!built.ok) throw new Error(built.error.title);
  const model = built.value;
  model.train();
  const optimizer = adamw()(trainableParameters(model));
  const tensors = optimizer.parameters.map(({ parameter }) => parameter.tensor);
  const x = randomNormal([batch, size, size, 3], { seed: 3 });
  const y = tensorOf(
    Int32Array.from({ length: batch }, (_, i) => i % 10),
    [batch],
    "int32",
  );
  const weight = tensorOf(new Float32Array(batch).fill(1), [batch], "float32");
  const one = tensorOf(new Float32Array([1]), [], "float32");
  const loss = crossEntropyFlat();
  return () =>
    engine().tidy(() => {
      const forward = () => loss.compute(model.forward(x), { y, weight }).mean;
      const { grads } = valueAndGradients(forward, tensors, one);
      optimizer.step(grads, { lrs: Array.from({ length: 3 }, () => 1e-4), momentum: 0.9 });
    });
}
