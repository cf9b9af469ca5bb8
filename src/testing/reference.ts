// Compares numbers with what PyTorch and fastai computed, in the tolerances that the reference states.
import { expect } from "vitest";
import { readSafetensors } from "../formats/safetensors/readSafetensors";
import { readShared } from "./shared";
import { summarise } from "./uniform";
import type { TensorSummary } from "./uniform";

/** One tensor of a reference file, as float32. */
export async function readReferenceTensor(path: string, name: string): Promise<Float32Array> {
  const file = await readSafetensors(new Blob([await readShared(path)]));
  const tensor = file.ok ? file.value.tensors.get(name) : undefined;
  if (!tensor) throw new Error(`${path} has no ${name}`);
  return (await tensor.read()) as Float32Array;
}

/** Largest difference, relative to the largest expected magnitude. */
export function largestError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let [error, scale] = [0, 0];
  for (let i = 0; i < expected.length; i += 1) {
    error = Math.max(error, Math.abs((actual[i] as number) - (expected[i] as number)));
    scale = Math.max(scale, Math.abs(expected[i] as number));
  }
  return error / scale;
}

/** A tensor (in PyTorch's order) has the summary: its length within `tolerance`, the rest relative to that length. */
export function expectSummary(name: string, data: ArrayLike<number>, expected: TensorSummary, tolerance: number): void {
  const actual = summarise(data);
  const perValue = expected.l2 / Math.sqrt(data.length) + 1e-12;
  const errors = {
    l2: Math.abs(actual.l2 - expected.l2) / (expected.l2 + 1e-12),
    mean: Math.abs(actual.mean - expected.mean) / perValue,
    // Single values may be off by more than the whole: ten times as much.
    first: Math.max(...expected.first.map((value, i) => Math.abs((actual.first[i] ?? value) - value))) / perValue / 10,
  };
  expect([name, errors, Math.max(...Object.values(errors)) < tolerance]).toEqual([name, errors, true]);
}
