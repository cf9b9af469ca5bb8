// Compares a model with what PyTorch computed for it (`torch/make.py`): evaluation, loss, gradients, statistics after a step.
import { engine, tensor1d, tensor4d } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { expect } from "vitest";
import { toTorch } from "../nn/layout";
import { crossEntropyFlat } from "../nn/losses/crossEntropyFlat";
import type { Module } from "../nn/module";
import { readTensors } from "../nn/readTensors";
import { loadStateDict, stateShapes } from "../nn/stateDict";
import { valueAndGradients } from "../tensor/gradients";
import { channelsLast, fillState, uniform } from "./uniform";

/** Mean, length, first and last value, in PyTorch's order. */
export type Summary = readonly number[];

export interface TorchCase {
  /** Of the pictures: [B, 3, H, W]. */
  readonly shape: readonly number[];
  readonly state: Readonly<Record<string, readonly number[]>>;
  readonly eval: Summary;
  readonly loss: number;
  readonly grads: Readonly<Record<string, Summary>>;
  readonly after: Readonly<Record<string, Summary>>;
}

const counted = (name: string): boolean => name.endsWith("num_batches_tracked");

/** How far a tensor is from a summary: its length as it is, its mean by a value's size, single values by ten times that. */
function summaryError(data: ArrayLike<number>, [mean = 0, length = 0, first = 0, last = 0]: Summary): number {
  let [sum, square] = [0, 0];
  for (let i = 0; i < data.length; i += 1) {
    sum += data[i] as number;
    square += (data[i] as number) ** 2;
  }
  const typical = length / Math.sqrt(data.length) + 1e-6;
  const single = (i: number, value: number) => Math.abs((data[i] as number) - value) / (10 * typical);
  return Math.max(
    Math.abs(Math.sqrt(square) - length) / (length + 2e-5),
    Math.abs(sum / data.length - mean) / typical,
    single(0, first),
    single(data.length - 1, last),
  );
}

/** Class ids of `shape` by the formula of make.py. */
export function formulaTargets(name: string, shape: readonly number[], classes: number): Tensor {
  const ids = uniform(name, shape).map((u) => Math.min(classes - 1, Math.floor(((u + 1) * classes) / 2)));
  return engine().makeTensor(Int32Array.from(ids), [...shape], "int32");
}

/**
 * Fills the model by the formula and compares everything the case knows; the model is used up. Both sides round every
 * layer, so that values near a kink may fall to its other side: deep networks with many kinks need more `tolerance`.
 */
export async function expectTorchCase(
  name: string,
  model: Module,
  wanted: TorchCase,
  y: Tensor,
  tolerance = 2e-3,
): Promise<void> {
  const shapes = stateShapes(model);
  expect(Object.fromEntries([...shapes].filter(([key]) => !counted(key)))).toEqual(wanted.state);
  expect([...shapes.keys()].filter((key) => !counted(key))).toEqual(Object.keys(wanted.state));
  loadStateDict(model, fillState(shapes));
  const [batch = 0, channels = 0, height = 0, width = 0] = wanted.shape;
  const { data } = channelsLast(uniform(`input:${name}`, wanted.shape), wanted.shape);
  const x = tensor4d(data, [batch, height, width, channels]);
  const evaluated = engine().tidy(() => model.eval().forward(x));
  // First and last value of a batch are the same whichever axis holds the channels.
  const errors: Record<string, number> = { eval: summaryError(await evaluated.data(), wanted.eval) };

  model.train();
  const named = model.namedParameters();
  const targets = { y, weight: tensor1d(new Float32Array(batch).fill(1)) };
  const parameters = named.map(([, { tensor }]) => tensor);
  const { value, grads } = valueAndGradients(
    () => crossEntropyFlat().compute(model.forward(x), targets).mean,
    parameters,
  );
  const [loss] = await value.data();
  errors["loss"] = Math.abs((loss as number) / wanted.loss - 1);
  const longest = Math.max(...Object.values(wanted.grads).map(([, length = 0]) => length));
  const values = await readTensors(grads.map((gradient, i) => gradient ?? (parameters[i] as Tensor)));
  named.forEach(([key, { layout, tensor }], i) => {
    const gradient = grads[i]
      ? toTorch(values[i] as Float32Array, tensor.shape, layout)
      : new Float32Array(tensor.size);
    const summary = wanted.grads[key] ?? [];
    // A shift that a batch norm takes away again has no gradient; rounding leaves a little of the longest one.
    const nothing = (summary[1] ?? 0) < 1e-6 * longest;
    errors[`gradient of ${key}`] = nothing ? Math.hypot(...gradient) / longest / 1e-2 : summaryError(gradient, summary);
  });
  for (const [key, buffer] of model.namedBuffers()) {
    if (buffer.kind !== "tensor") continue;
    errors[`${key} after`] = summaryError(await buffer.tensor.data(), wanted.after[key] ?? []);
  }
  for (const t of [x, evaluated, value, targets.weight, ...grads]) t?.dispose();
  model.dispose();
  const wrong = Object.entries(errors).filter(([, error]) => !(error < tolerance));
  expect(wrong).toEqual([]);
}
