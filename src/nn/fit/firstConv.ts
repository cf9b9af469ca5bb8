// The first convolution of foreign weights: for pictures with other channels, or with the same ones in another order.
import type { HostTensor } from "../stateDict";

/** Calls `value(output, channel, pixel)` for every weight of a convolution [outputs, channels, …pixels]. */
function convolution(
  [outputs = 0, , ...kernel]: readonly number[],
  channels: number,
  value: (o: number, c: number, i: number) => number,
): HostTensor {
  const pixels = kernel.reduce((product, side) => product * side, 1);
  const data = new Float32Array(outputs * channels * pixels);
  for (let o = 0; o < outputs; o += 1)
    for (let c = 0; c < channels; c += 1)
      for (let i = 0; i < pixels; i += 1) data[(o * channels + c) * pixels + i] = value(o, c, i);
  return { shape: [outputs, channels, ...kernel], data };
}

function reader({ shape, data }: HostTensor): (o: number, c: number, i: number) => number {
  const [, from = 0, ...kernel] = shape;
  const pixels = kernel.reduce((product, side) => product * side, 1);
  return (o, c, i) => Number(data[(o * from + c) * pixels + i]);
}

/**
 * fastai's surgery on the first convolution [out, 3, k, k] for other inputs: one channel gets the sum of the
 * weights, two get the first two times 1.5, more than three get zeros for what is new.
 */
export function adaptFirstConv(weight: HostTensor, channels: number): HostTensor {
  const from = weight.shape[1] ?? 0;
  if (from !== 3 || channels === from) return weight;
  const at = reader(weight);
  return convolution(weight.shape, channels, (o, c, i) => {
    if (channels === 1) return at(o, 0, i) + at(o, 1, i) + at(o, 2, i);
    if (c >= from) return 0;
    return channels === 2 ? 1.5 * at(o, c, i) : at(o, c, i);
  });
}

/** Weights that were trained on blue, green, red → the same for red, green, blue. */
export function turnChannels(weight: HostTensor): HostTensor {
  const channels = weight.shape[1] ?? 0;
  if (channels !== 3) return weight;
  const at = reader(weight);
  return convolution(weight.shape, channels, (o, c, i) => at(o, channels - 1 - c, i));
}
