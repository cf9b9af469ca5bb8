// A tensor's values in short, for people.
import type { ChannelFacts, TensorFacts } from "../../spec/dataLook";

/** Shape, range and mean; what is no finite number is counted and left out of them. */
export function tensorFacts(
  values: ArrayLike<number>,
  shape: readonly number[],
  dtype: TensorFacts["dtype"],
): TensorFacts {
  let [min, max, sum, odd] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0];
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] as number;
    if (!Number.isFinite(value)) odd += 1;
    else {
      min = Math.min(min, value);
      max = Math.max(max, value);
      sum += value;
    }
  }
  const finite = values.length - odd;
  const none = finite === 0;
  return { shape, dtype, min: none ? 0 : min, max: none ? 0 : max, mean: none ? 0 : sum / finite, odd };
}

/** Mean and standard deviation of each channel of the first `count` pictures of [B, H, W, C]. */
export function channelFacts(values: ArrayLike<number>, shape: readonly number[], count: number): ChannelFacts[] {
  const channels = shape.at(-1) ?? 1;
  const each = values.length / (shape[0] || 1);
  return Array.from({ length: channels }, (_, channel) => {
    let [sum, squares, n] = [0, 0, 0];
    for (let i = channel; i < count * each; i += channels) {
      const value = values[i] as number;
      sum += value;
      squares += value * value;
      n += 1;
    }
    const mean = n === 0 ? 0 : sum / n;
    return { mean, std: n === 0 ? 0 : Math.sqrt(Math.max(0, squares / n - mean ** 2)) };
  });
}
