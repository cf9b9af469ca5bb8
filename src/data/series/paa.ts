// Piecewise aggregate approximation: a series of any length as means over equal parts.

/** `size` means; parts that end within a number take their share of it, so that longer results are steps. */
export function paa(series: ArrayLike<number>, size: number): Float64Array {
  const n = series.length;
  const out = new Float64Array(size);
  if (n === 0) return out;
  const length = n / size;
  for (let i = 0; i < size; i += 1) {
    const [from, to] = [(i * n) / size, ((i + 1) * n) / size];
    let sum = 0;
    for (let k = Math.floor(from); k < to && k < n; k += 1)
      sum += (series[k] as number) * (Math.min(to, k + 1) - Math.max(from, k));
    out[i] = sum / length;
  }
  return out;
}

/** Least value −1, largest 1; a flat series lies at 0. */
export function toUnit(series: ArrayLike<number>): Float64Array {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < series.length; i += 1) {
    low = Math.min(low, series[i] as number);
    high = Math.max(high, series[i] as number);
  }
  const span = high - low;
  return Float64Array.from({ length: series.length }, (_, i) =>
    span > 0 ? Math.min(1, Math.max(-1, (((series[i] as number) - low) / span) * 2 - 1)) : 0,
  );
}
