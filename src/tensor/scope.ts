// Scopes that free what they made, and a count of what they leak.
import { engine, tidy } from "@tensorflow/tfjs-core";
import type { Tensor, TensorContainer } from "@tensorflow/tfjs-core";

/** Frees every tensor made in `fn` but the ones it returns. `fn` must not be async. */
export function scope<T extends TensorContainer>(name: string, fn: () => T): T {
  return tidy(name, fn);
}

/** Keeps a tensor beyond the scopes around it; whoever keeps it disposes it. */
export function keep<T extends Tensor>(tensor: T): T {
  return engine().keep(tensor);
}

/** Tensors alive now. */
export function liveTensors(): number {
  return engine().memory().numTensors;
}

/** Runs `fn` and returns how many more tensors live after it than before (negative: it freed some). */
export async function countLeaks(fn: () => void | Promise<void>): Promise<number> {
  const before = liveTensors();
  await fn();
  return liveTensors() - before;
}
