// The generator behind the reference numbers: values of a name, the same in any language.
import type { HostTensor } from "../nn/stateDict";

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);

/** `size` float32 values in [−1, 1) of a name: FNV-1a of `salt + name` seeds mulberry32. */
export function uniform(name: string, shape: readonly number[], salt = ""): Float32Array {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(salt + name)) hash = Math.imul(hash ^ byte, 0x01000193);
  return Float32Array.from({ length: sizeOf(shape) }, (_, i) => {
    const a = (hash + Math.imul(i + 1, 0x6d2b79f5)) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 31 - 1;
  });
}

function fillOne(name: string, shape: readonly number[], salt: string): HostTensor {
  if (name.endsWith("num_batches_tracked")) return { shape, data: BigInt64Array.of(0n) };
  const u = uniform(name, shape, salt);
  if (name.endsWith("running_mean")) return { shape, data: u.map((x) => 0.1 * x) };
  if (name.endsWith("running_var")) return { shape, data: u.map((x) => 1 + 0.5 * Math.abs(x)) };
  if (shape.length === 1) return { shape, data: u.map((x) => 0.1 * x + (name.endsWith("weight") ? 1 : 0)) };
  const scale = Math.sqrt((3 * (shape[0] as number)) / u.length);
  return { shape, data: u.map((x) => scale * x) };
}

/** The reference's weights for a model's names and shapes (in PyTorch's order). */
export function fillState(shapes: ReadonlyMap<string, readonly number[]>, salt = ""): Map<string, HostTensor> {
  return new Map([...shapes].map(([name, shape]) => [name, fillOne(name, shape, salt)]));
}

/** NCHW → NHWC. */
export function channelsLast(data: Float32Array, [batch = 1, channels = 1, height = 1, width = 1]: readonly number[]) {
  const pixels = height * width;
  const result = new Float32Array(data.length);
  for (let b = 0; b < batch; b += 1) {
    for (let c = 0; c < channels; c += 1) {
      for (let i = 0; i < pixels; i += 1) {
        result[(b * pixels + i) * channels + c] = data[(b * channels + c) * pixels + i] as number;
      }
    }
  }
  return { data: result, shape: [batch, height, width, channels] as const };
}

/** What the reference keeps of a tensor. */
export interface TensorSummary {
  readonly mean: number;
  readonly l2: number;
  readonly first: readonly number[];
}

/** Mean, length and first four values, in PyTorch's order. */
export function summarise(data: ArrayLike<number>): TensorSummary {
  let [sum, square] = [0, 0];
  for (let i = 0; i < data.length; i += 1) {
    const value = data[i] as number;
    sum += value;
    square += value * value;
  }
  return {
    mean: sum / data.length,
    l2: Math.sqrt(square),
    first: Array.from({ length: 4 }, (_, i) => data[i] as number),
  };
}
