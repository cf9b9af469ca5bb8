// Batch normalisation in plain loops over [R, C] (Ioffe and Szegedy 2015, as PyTorch does it): the definition.
import type { HostArray } from "../tensor/kernel";

export interface BatchNormAttrs {
  readonly momentum: number;
  readonly eps: number;
  readonly training: boolean;
  readonly relu: boolean;
  readonly residual: boolean;
}

type Inputs<K extends string> = Readonly<Record<K, HostArray>>;

function at(array: HostArray | Float32Array | Float64Array, i: number): number {
  return ("data" in array ? array.data[i] : array[i]) as number;
}

/** → [y, stats [3, C]: mean, 1/σ, weight/σ]; training moves the running statistics in place. */
export function batchNormReference(
  inputs: Inputs<"x" | "weight" | "bias" | "runningMean" | "runningVar"> & { readonly skip?: HostArray },
  { momentum, eps, training, relu, residual }: BatchNormAttrs,
): HostArray[] {
  const { x, weight, bias, runningMean, runningVar } = inputs;
  const channels = weight.data.length;
  const rows = x.data.length / channels;
  const stats = new Float32Array(3 * channels);
  for (let c = 0; c < channels; c += 1) {
    let mean = at(runningMean, c);
    let variance = at(runningVar, c);
    if (training) {
      mean = 0;
      for (let r = 0; r < rows; r += 1) mean += at(x, r * channels + c) / rows;
      variance = 0;
      for (let r = 0; r < rows; r += 1) variance += (at(x, r * channels + c) - mean) ** 2 / rows;
      runningMean.data[c] = at(runningMean, c) + momentum * (mean - at(runningMean, c));
      const unbiased = (variance * rows) / (rows - 1);
      runningVar.data[c] = at(runningVar, c) + momentum * (unbiased - at(runningVar, c));
    }
    const inverse = 1 / Math.sqrt(variance + eps);
    stats.set([mean], c);
    stats.set([inverse], channels + c);
    stats.set([inverse * at(weight, c)], 2 * channels + c);
  }
  const y = new Float32Array(x.data.length);
  for (let i = 0; i < y.length; i += 1) {
    const c = i % channels;
    const normal = (at(x, i) - at(stats, c)) * at(stats, 2 * channels + c) + at(bias, c);
    const sum = residual && inputs.skip ? normal + at(inputs.skip, i) : normal;
    y[i] = relu ? Math.max(sum, 0) : sum;
  }
  return [
    { data: y, shape: x.shape },
    { data: stats, shape: [3 * channels] },
  ];
}

/** → [dx, dWeight, dBias] and, with a residual, its gradient. `two`: the output's gradient is dy + dy2. */
export function batchNormGradientReference(
  { dy, dy2, x, y, stats }: Inputs<"dy" | "dy2" | "x" | "y" | "stats">,
  { training, relu, residual, two }: BatchNormAttrs & { readonly two: boolean },
): HostArray[] {
  const channels = stats.data.length / 3;
  const rows = x.data.length / channels;
  const masked = Float32Array.from(dy.data, (d, i) => (relu && at(y, i) <= 0 ? 0 : two ? d + at(dy2, i) : d));
  const dWeight = new Float32Array(channels);
  const dBias = new Float32Array(channels);
  const dx = new Float32Array(x.data.length);
  for (let c = 0; c < channels; c += 1) {
    const [mean, inverse, scale] = [at(stats, c), at(stats, channels + c), at(stats, 2 * channels + c)];
    let [sum, products] = [0, 0];
    for (let i = c; i < dx.length; i += channels) {
      sum += at(masked, i);
      products += at(masked, i) * (at(x, i) - mean) * inverse;
    }
    dWeight[c] = products;
    dBias[c] = sum;
    for (let i = c; i < dx.length; i += channels) {
      const normal = (at(x, i) - mean) * inverse;
      const through = training ? (sum + normal * products) / rows : 0;
      dx[i] = scale * (at(masked, i) - through);
    }
  }
  const outputs: HostArray[] = [
    { data: dx, shape: x.shape },
    { data: dWeight, shape: [channels] },
    { data: dBias, shape: [channels] },
  ];
  if (residual) outputs.push({ data: masked, shape: x.shape });
  return outputs;
}
