// Runs one computation on the cpu backend and on WebGPU and says how far apart they come out.
import { engine, getBackend, setBackend } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { TypedArray } from "./backend";
import { readback } from "./readback";

/** A computation that makes its own inputs and returns named results; it is run once per backend. */
export type Computation = () => Readonly<Record<string, Tensor>>;

/** Results of a computation on one backend; everything it made is freed, and the backend before is active again. */
export async function runOn(backend: "cpu" | "webgpu", compute: Computation): Promise<Record<string, TypedArray>> {
  const before = getBackend();
  await setBackend(backend);
  const core = engine();
  core.startScope("compare");
  try {
    const results = Object.entries(compute());
    const values = await Promise.all(results.map(([, tensor]) => readback(tensor)));
    return Object.fromEntries(results.map(([name], i) => [name, values[i] as TypedArray]));
  } finally {
    core.endScope();
    if (before) await setBackend(before);
  }
}

/** Largest difference, relative to the largest magnitude of `expected` (absolute where that is 0); NaN counts as ∞. */
export function relativeError(actual: TypedArray, expected: TypedArray): number {
  if (actual.length !== expected.length) return Infinity;
  let largest = 0;
  let error = 0;
  for (let i = 0; i < expected.length; i += 1) {
    const want = expected[i] as number;
    const difference = Math.abs((actual[i] as number) - want);
    largest = Math.max(largest, Math.abs(want));
    if (Number.isNaN(difference)) return Infinity;
    error = Math.max(error, difference);
  }
  return largest > 0 ? error / largest : error;
}

/** Relative error of WebGPU against the cpu backend, per result. */
export async function compareBackends(compute: Computation): Promise<Record<string, number>> {
  const expected = await runOn("cpu", compute);
  const actual = await runOn("webgpu", compute);
  return Object.fromEntries(
    Object.entries(expected).map(([name, values]) => [name, relativeError(actual[name] as TypedArray, values)]),
  );
}
