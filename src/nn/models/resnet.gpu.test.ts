// ResNets on the GPU compute what torchvision's do: outputs, loss, gradients and running statistics.
import { engine, tensor1d, tensor4d } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDevice } from "../../tensor/device";
import { valueAndGradients } from "../../tensor/gradients";
import type { Device } from "../../tensor/device";
import { expectSummary, largestError, readReferenceTensor } from "../../testing/reference";
import { hasShared, readSharedJson } from "../../testing/shared";
import { channelsLast, fillState, uniform } from "../../testing/uniform";
import type { TensorSummary } from "../../testing/uniform";
import { shapesOnly } from "../init";
import { toTorch } from "../layout";
import { crossEntropyFlat } from "../losses/crossEntropyFlat";
import { loadStateDict, stateShapes } from "../stateDict";
import { RESNETS, resnetConfig } from "./architectures";
import { resnet } from "./resnet";

interface Case {
  readonly loss_train_mode: number;
  readonly targets: number[];
  readonly input: { readonly name: string; readonly shape: number[] };
  readonly grads: Record<string, TensorSummary>;
  readonly running_after: Record<string, TensorSummary>;
}

const problems: string[] = [];
let device: Device;

beforeAll(async () => {
  device = await openDevice({ onProblem: ({ title, debug }) => void problems.push(`${title} ${debug ?? ""}`) });
});
afterAll(() => device.close());

async function prepare(arch: "resnet18" | "resnet50") {
  const reference = (await readSharedJson<Record<string, Case>>("reference/resnet.json"))[arch] as Case;
  const model = resnet(resnetConfig(RESNETS[arch], 3), 1000, shapesOnly);
  expect(loadStateDict(model, fillState(stateShapes(model))).missing).toEqual([]);
  const { data, shape } = channelsLast(uniform(reference.input.name, reference.input.shape), reference.input.shape);
  return { reference, model, x: tensor4d(data, shape as unknown as [number, number, number, number]) };
}

describe.skipIf(!hasShared)("ResNets against torchvision", () => {
  it.each(["resnet18", "resnet50"] as const)("%s in eval mode", async (arch) => {
    const { model, x } = await prepare(arch);
    const logits = await engine()
      .tidy(() => model.eval().forward(x))
      .data();
    const expected = await readReferenceTensor("reference/resnet.safetensors", `${arch}.eval_logits`);
    expect(largestError(logits, expected)).toBeLessThan(1e-3);
    model.dispose();
    expect(problems).toEqual([]);
  });

  it("resnet18 in training mode, with gradients", async () => {
    const { reference, model, x } = await prepare("resnet18");
    model.train();
    const named = model.namedParameters();
    let outputs: Tensor | null = null;
    const targets = { y: tensor1d(reference.targets, "int32"), weight: tensor1d([1, 1]) };
    const { value, grads } = valueAndGradients(
      () => {
        outputs = engine().keep(model.forward(x));
        return crossEntropyFlat().compute(outputs, targets).mean;
      },
      named.map(([, parameter]) => parameter.tensor),
    );
    const trained = await readReferenceTensor("reference/resnet.safetensors", "resnet18.train_logits");
    expect(largestError(await (outputs as unknown as Tensor).data(), trained)).toBeLessThan(1e-3);
    expect(Math.abs((await value.data())[0]! / reference.loss_train_mode - 1)).toBeLessThan(1e-3);
    for (const [i, [name, { layout }]] of named.entries()) {
      const gradient = grads[i] as Tensor;
      const values = toTorch((await gradient.data()) as Float32Array, gradient.shape, layout);
      expectSummary(name, values, reference.grads[name] as TensorSummary, 2e-3);
    }
    for (const [name, buffer] of model.namedBuffers()) {
      if (buffer.kind !== "tensor") continue;
      expectSummary(name, await buffer.tensor.data(), reference.running_after[name] as TensorSummary, 1e-3);
    }
    expect(problems).toEqual([]);
  });
});
