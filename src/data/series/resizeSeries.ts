// A series of any length as one of another length.
import { paa } from "./paa";

/** How: numbers between the neighbours (NumPy's `interp`, ends on ends), or means over equal parts. */
export type SeriesResize = "linear" | "paa";

function interpolated(series: Float32Array, size: number): Float32Array {
  const step = size > 1 ? (series.length - 1) / (size - 1) : 0;
  return Float32Array.from({ length: size }, (_, i) => {
    const at = Math.min(series.length - 1, i * step);
    const [low, share] = [Math.floor(at), at - Math.floor(at)];
    const [one = 0, next = one] = [series[low], series[low + 1]];
    return one + share * (next - one);
  });
}

/** The series with `size` numbers; itself where it has them already. */
export function resizeSeries(series: Float32Array, size: number, how: SeriesResize): Float32Array {
  if (series.length === size) return series;
  return how === "paa" ? Float32Array.from(paa(series, size)) : interpolated(series, size);
}
