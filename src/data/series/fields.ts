// Fields of a series: for every two moments a number, which makes a picture of how the series relates to itself.
import type { Described } from "../../spec/params";
import { paa, toUnit } from "./paa";

export interface SeriesField extends Described {
  /** Least and largest value there can be. */
  readonly range: readonly [number, number];
  /** [size × size] of a series of any length. */
  of(series: ArrayLike<number>, size: number): Float64Array;
}

function pairs(size: number, value: (i: number, j: number) => number): Float64Array {
  const out = new Float64Array(size * size);
  for (let i = 0; i < size; i += 1) for (let j = 0; j < size; j += 1) out[i * size + j] = value(i, j);
  return out;
}

/** x = cos φ and sin φ of every part (Wang and Oates, "Imaging Time-Series to Improve Classification", 2015). */
function angles(series: ArrayLike<number>, size: number) {
  const x = toUnit(paa(series, size));
  return { x, sin: x.map((value) => Math.sqrt(Math.max(0, 1 - value * value))) };
}

/** cos(φi + φj). */
export function summationField(series: ArrayLike<number>, size: number): Float64Array {
  const { x, sin } = angles(series, size);
  const [at, up] = [(i: number) => x[i] as number, (i: number) => sin[i] as number];
  return pairs(size, (i, j) => at(i) * at(j) - up(i) * up(j));
}

/** sin(φi − φj). */
export function differenceField(series: ArrayLike<number>, size: number): Float64Array {
  const { x, sin } = angles(series, size);
  const [at, up] = [(i: number) => x[i] as number, (i: number) => sin[i] as number];
  return pairs(size, (i, j) => up(i) * at(j) - at(i) * up(j));
}

/** Which of `bins` equally frequent ranges each number lies in. */
function quantileBins(series: ArrayLike<number>, bins: number): Uint8Array {
  const sorted = Float64Array.from(series).sort();
  const edges = Array.from({ length: bins - 1 }, (_, i) => {
    const at = ((i + 1) / bins) * (sorted.length - 1);
    const [low, high] = [sorted[Math.floor(at)] as number, sorted[Math.ceil(at)] as number];
    return low + (high - low) * (at - Math.floor(at));
  });
  return Uint8Array.from(series, (value) => edges.filter((edge) => value > edge).length);
}

const BINS = 8;

/** How often the range of moment i is followed by the range of moment j, averaged over parts of the series. */
export function markovField(series: ArrayLike<number>, size: number, bins = BINS): Float64Array {
  const n = series.length;
  const ranges = quantileBins(series, bins);
  const counts = new Float64Array(bins * bins);
  for (let k = 0; k + 1 < n; k += 1) {
    const at = (ranges[k] as number) * bins + (ranges[k + 1] as number);
    counts[at] = (counts[at] as number) + 1;
  }
  const follows = counts.map((count, at) => {
    const row = counts.subarray(Math.floor(at / bins) * bins, Math.floor(at / bins) * bins + bins);
    const all = row.reduce((sum, one) => sum + one, 0);
    return all > 0 ? count / all : 0;
  });
  // The mean over a rectangle of moments is a sum over how often each range occurs on its two sides.
  const shares = Array.from({ length: size }, (_, i) => {
    const share = new Float64Array(bins);
    const [from, to] = [Math.floor((i * n) / size), Math.max(Math.floor((i * n) / size) + 1, Math.floor(((i + 1) * n) / size))]; // prettier-ignore
    for (let k = from; k < to; k += 1) share[ranges[k] as number] = (share[ranges[k] as number] as number) + 1 / (to - from); // prettier-ignore
    return share;
  });
  return pairs(size, (i, j) => {
    let sum = 0;
    for (let a = 0; a < bins; a += 1)
      for (let b = 0; b < bins; b += 1)
        sum += (shares[i]?.[a] as number) * (shares[j]?.[b] as number) * (follows[a * bins + b] as number);
    return sum;
  });
}

/** How far apart the values of two moments are, as a share of the whole range. */
export function recurrenceField(series: ArrayLike<number>, size: number): Float64Array {
  const x = toUnit(paa(series, size));
  return pairs(size, (i, j) => Math.abs((x[i] as number) - (x[j] as number)) / 2);
}

const field = (id: string, label: string, help: string, range: SeriesField["range"], of: SeriesField["of"]): SeriesField => ({ id, label, help, params: [], range, of }); // prettier-ignore

export const SERIES_FIELDS: readonly SeriesField[] = [
  field("gasf", "Gramian sum", "Gramian angular summation field: cos(φi + φj).", [-1, 1], summationField),
  field("gadf", "Gramian difference", "Gramian angular difference field: sin(φi − φj).", [-1, 1], differenceField),
  field("mtf", "Markov", "Markov transition field: how often one level is followed by another.", [0, 1], markovField),
  field("recurrence", "Recurrence", "Recurrence plot: how far apart two moments are.", [0, 1], recurrenceField),
];
