// Round numbers for the axes of charts.

/** About `count` round values within [low, high] (steps of 1, 2 or 5 times a power of ten). */
export function linearTicks(low: number, high: number, count: number): number[] {
  if (!(high > low) || count < 1) return Number.isFinite(low) ? [low] : [];
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough * 0.75) ?? 10);
  const ticks: number[] = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high * (1 + 1e-12) + step * 1e-9; k += 1)
    ticks.push(Number((k * step).toPrecision(12)));
  return ticks;
}

/** Powers of ten within [low, high]; with fewer than two of them, also 2 and 5 times those. Both must be above zero. */
export function logTicks(low: number, high: number): number[] {
  const of = (factors: readonly number[]): number[] => {
    const ticks: number[] = [];
    for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power += 1)
      for (const factor of factors) {
        const tick = Number((factor * 10 ** power).toPrecision(12));
        if (tick >= low * 0.999 && tick <= high * 1.001) ticks.push(tick);
      }
    return ticks;
  };
  const powers = of([1]);
  return powers.length >= 2 ? powers : of([1, 2, 5]);
}

export interface Span {
  readonly low: number;
  readonly high: number;
}

/** Smallest and largest finite value (above zero when `positive`), or null without any. */
export function spanOf(values: Iterable<number | null | undefined>, positive = false): Span | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value === null || value === undefined || !Number.isFinite(value) || (positive && value <= 0)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? { low, high } : null;
}

/** The span with a little air, never empty; a linear one that is near zero begins at zero. */
export function airy({ low, high }: Span, log: boolean): Span {
  if (log) return { low: low / 1.15, high: high * 1.15 };
  const air = (high - low || Math.abs(high) || 1) * 0.06;
  const bottom = low >= 0 && low < (high - low) * 0.6 ? 0 : low - air;
  return { low: bottom, high: high + air };
}

/** The span of values without the highest `share` of them, so that a few spikes do not flatten the rest; null without any. */
export function calmSpan(values: readonly number[], share: number): Span | null {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  const [low, high] = [sorted[0], sorted[Math.max(0, Math.ceil(sorted.length * (1 - share)) - 1)]];
  return low === undefined || high === undefined ? null : { low, high };
}
