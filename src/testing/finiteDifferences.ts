// Gradients against finite differences: moves inputs along random directions and looks at what the outputs do.
import { engine, tensor } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { createRng } from "../base/rng";
import { valueAndGradients } from "../tensor/gradients";
import { readback } from "../tensor/readback";

export interface GradientError {
  readonly input: number;
  /** Length of the gradient. */
  readonly size: number;
  /** Difference from the numeric derivative along a random direction, relative to the larger of both. */
  readonly error: number;
}

/** Normal numbers, the same for the same name. */
export function normals(name: string, shape: readonly number[]): Float32Array {
  const rng = createRng("finite", name);
  return Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => rng.normal());
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

async function readAndFree(t: Tensor): Promise<ArrayLike<number>> {
  const values = await readback(t);
  t.dispose();
  return values;
}

/** One error an input of f, whose inputs have these shapes; a random cotangent reaches every output with its own weight. */
export async function gradientErrors(
  f: (...xs: Tensor[]) => Tensor,
  shapes: readonly (readonly number[])[],
  step = 2e-3,
): Promise<GradientError[]> {
  const values = shapes.map((shape, i) => normals(`x${i}`, shape));
  const make = (all: readonly Float32Array[]) => all.map((v, i) => tensor(v, [...(shapes[i] as number[])]));
  const output = (all: readonly Float32Array[]) => readAndFree(engine().tidy(() => f(...make(all))));
  const xs = make(values);
  const probe = engine().tidy(() => f(...xs));
  const r = normals("r", probe.shape.length === 0 ? [1] : probe.shape);
  const dy = tensor(r, probe.shape);
  probe.dispose();
  const { value, grads } = valueAndGradients(() => f(...xs), xs, dy);
  const errors: GradientError[] = [];
  for (const [input, gradient] of grads.entries()) {
    if (!gradient) throw new Error(`no gradient for input ${input}`);
    const g = await readAndFree(gradient);
    const size = Math.sqrt(dot(g, g));
    const direction = normals(`d${input}`, shapes[input] as readonly number[]);
    const moved = (sign: number) =>
      values.map((v, k) => (k === input ? v.map((x, j) => x + sign * step * (direction[j] as number)) : v));
    const numeric = (dot(await output(moved(1)), r) - dot(await output(moved(-1)), r)) / (2 * step);
    const analytic = dot(g, direction);
    errors.push({ input, size, error: Math.abs(numeric - analytic) / Math.max(size, Math.abs(analytic), 1e-12) });
  }
  for (const t of [...xs, value, dy]) t.dispose();
  return errors;
}
