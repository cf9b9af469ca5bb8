// Finds pictures of the training set again in the validation set: the same ones, and ones that look the same.
import type { Pixels } from "./decode/pixels";

const SIDE = 16;
const BITS = SIDE * SIDE;
/** Bits in which two views of one picture may differ: compression, another size, a slight change of light. */
const NEAR = 16;
/** Mean levels of brightness, of 16, in which they may differ. */
const ALIKE = 0.4;
/** A picture with fewer changes of brightness says too little about itself. */
const FEWEST_CHANGES = 24;
const BAND = 16;
const LARGEST_BUCKET = 64;

/** First and last pixel (excluded) of each of so many cells along an axis. */
function ranges(length: number, count: number): readonly (readonly [number, number])[] {
  return Array.from({ length: count }, (_, i) => {
    const from = Math.min(length - 1, Math.floor((i * length) / count));
    return [from, Math.max(from + 1, Math.floor(((i + 1) * length) / count))] as const;
  });
}

/** Mean brightness of a grid of cells, (SIDE + 1) × SIDE. */
function cells({ width, height, channels, data }: Pixels): Float64Array {
  const columns = ranges(width, SIDE + 1);
  const colours = Math.min(3, channels);
  const means = new Float64Array(columns.length * SIDE);
  for (const [row, [top, bottom]] of ranges(height, SIDE).entries())
    for (const [column, [left, right]] of columns.entries()) {
      let sum = 0;
      for (let y = top; y < bottom; y += 1)
        for (let x = left, at = (y * width + left) * channels; x < right; x += 1, at += channels)
          for (let c = 0; c < colours; c += 1) sum += data[at + c] as number;
      means[row * columns.length + column] = sum / ((bottom - top) * (right - left) * colours);
    }
  return means;
}

/**
 * 64 hexadecimal digits, one bit for each step to the right that grows brighter, and the brightness of each cell in 16
 * levels between the picture's own darkest and brightest; null for pictures that say too little.
 */
export function pictureHash(pixels: Pixels): string | null {
  const means = cells(pixels);
  const at = (row: number, column: number): number => means[row * (SIDE + 1) + column] as number;
  let steps = "";
  let levels = "";
  let changes = 0;
  const [low, high] = [Math.min(...means), Math.max(...means)];
  for (let row = 0; row < SIDE; row += 1)
    for (let nibble = 0; nibble < SIDE; nibble += 4) {
      let value = 0;
      for (let column = nibble; column < nibble + 4; column += 1) {
        const step = at(row, column + 1) - at(row, column);
        if (Math.abs(step) > 1) changes += 1;
        value = value * 2 + Number(step > 1);
        levels += Math.min(15, Math.floor((16 * (at(row, column) - low)) / Math.max(1, high - low))).toString(16);
      }
      steps += value.toString(16);
    }
  return changes < FEWEST_CHANGES ? null : steps + levels;
}

const POPULATION = [0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4] as const;

/** Mean difference of brightness, in levels. */
export function levelDistance(a: string, b: string): number {
  let sum = 0;
  for (let i = BITS / 4; i < BITS / 4 + BITS; i += 1)
    sum += Math.abs(Number.parseInt(a[i] ?? "0", 16) - Number.parseInt(b[i] ?? "0", 16));
  return sum / BITS;
}

/** Bits in which two hashes differ. */
export function hashDistance(a: string, b: string): number {
  let distance = 0;
  for (let i = 0; i < BITS / 4; i += 1)
    distance += POPULATION[Number.parseInt(a[i] ?? "0", 16) ^ Number.parseInt(b[i] ?? "0", 16)] ?? 0;
  return distance;
}

/** For each validation item the training item that looks the same. */
export function findTwins(
  hashes: ReadonlyMap<number, string>,
  train: readonly number[],
  valid: readonly number[],
): (readonly [valid: number, train: number])[] {
  const digits = BAND / 4;
  const buckets = new Map<string, number[]>();
  const bands = (hash: string): string[] =>
    Array.from({ length: BITS / BAND }, (_, i) => `${i}:${hash.slice(i * digits, (i + 1) * digits)}`);
  for (const item of train)
    for (const band of bands(hashes.get(item) ?? "")) {
      const bucket = buckets.get(band);
      if (bucket === undefined) buckets.set(band, [item]);
      else bucket.push(item);
    }
  return valid.flatMap((item) => {
    const own = hashes.get(item);
    if (own === undefined) return [];
    const met = new Set<number>();
    let best: { readonly item: number; readonly distance: number } | null = null;
    for (const band of bands(own)) {
      const bucket = buckets.get(band) ?? [];
      // A band that many pictures share, such as a white margin, tells nothing apart.
      if (bucket.length > LARGEST_BUCKET) continue;
      for (const other of bucket) {
        if (met.has(other)) continue;
        met.add(other);
        const distance = hashDistance(own, hashes.get(other) ?? "");
        if (distance > NEAR || (best !== null && distance >= best.distance)) continue;
        if (levelDistance(own, hashes.get(other) ?? "") <= ALIKE) best = { item: other, distance };
      }
    }
    return best === null ? [] : [[item, best.item] as const];
  });
}
