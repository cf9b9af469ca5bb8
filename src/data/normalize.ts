// Statistics that pictures are normalised by: known ones by name, or measured on the training pictures.
import { registry } from "../base/registry";
import type { Described } from "../spec/params";

export interface Stats {
  /** Per channel, of values in [0, 1]. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

export interface Normalization extends Described {
  /** Null: measured. */
  readonly stats: Stats | null;
}

export const NORMALIZATIONS = registry<Normalization>([
  {
    id: "imagenet",
    label: "ImageNet",
    help: "Mean and spread of a million photographs. The usual choice, and the right one for pretrained weights.",
    params: [],
    stats: { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
  },
  {
    id: "measured",
    label: "Measured",
    help: "Mean and spread of your own training pictures.",
    params: [],
    stats: null,
  },
  {
    id: "cifar",
    label: "CIFAR",
    help: "Mean and spread of the CIFAR-10 pictures.",
    params: [],
    stats: { mean: [0.491, 0.482, 0.447], std: [0.247, 0.243, 0.261] },
  },
  {
    id: "mnist",
    label: "MNIST",
    help: "Mean and spread of the MNIST digits.",
    params: [],
    stats: { mean: [0.131, 0.131, 0.131], std: [0.308, 0.308, 0.308] },
  },
  {
    id: "caffe",
    label: "Caffe",
    help: "Means of ImageNet on a scale of 0 to 255, and no spread: what networks converted from Caffe and Keras expect.",
    params: [],
    stats: { mean: [123.68 / 255, 116.779 / 255, 103.939 / 255], std: [1 / 255, 1 / 255, 1 / 255] },
  },
  {
    id: "half",
    label: "−1 to 1",
    help: "From −1 to 1: what networks converted from TensorFlow expect.",
    params: [],
    stats: { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
  },
  {
    id: "none",
    label: "None",
    help: "Values from 0 to 1 as they are.",
    params: [],
    stats: { mean: [0, 0, 0], std: [1, 1, 1] },
  },
]);

/**
 * Statistics for pictures of any number of channels. Grey takes the mean of the known colours; bands beyond the known
 * ones take what was measured, or the mean of the known ones. Null where nothing is known and nothing was measured.
 */
export function statsFor({ stats }: Normalization, channels: number, measured: Stats | null): Stats | null {
  if (stats === null) return measured;
  const extend = (known: readonly number[], own: readonly number[] | undefined): number[] => {
    const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
    if (channels < known.length) return Array.from({ length: channels }, () => mean);
    return Array.from({ length: channels }, (_, c) => known[c] ?? own?.[c] ?? mean);
  };
  return { mean: extend(stats.mean, measured?.mean), std: extend(stats.std, measured?.std) };
}

/** Adds up pictures of any number of channels and gives mean and standard deviation, in [0, 1]; a spread of zero counts as one. */
export function createStatsMeter(channels = 3): { add(pixels: Uint8Array): void; stats(): Stats | null } {
  const sums = new Float64Array(channels);
  const squares = new Float64Array(channels);
  let pixels = 0;
  return {
    add(bytes) {
      for (let channel = 0; channel < channels; channel += 1) {
        let [sum, square] = [0, 0];
        for (let i = channel; i < bytes.length; i += channels) {
          const value = bytes[i] as number;
          sum += value;
          square += value * value;
        }
        sums[channel] = (sums[channel] as number) + sum;
        squares[channel] = (squares[channel] as number) + square;
      }
      pixels += bytes.length / channels;
    },
    stats() {
      if (pixels === 0) return null;
      const mean = Array.from(sums, (sum) => sum / pixels);
      const std = mean.map((own, i) => Math.sqrt(Math.max(0, (squares[i] as number) / pixels - own ** 2)) || 255);
      const unit = (values: readonly number[]) => values.map((value) => value / 255);
      return { mean: unit(mean), std: unit(std) };
    },
  };
}
