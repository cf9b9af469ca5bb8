// Finds pictures of the training set again in the validation set: the same ones, and ones that look the same.
import type { Pixels } from "./decode/pixels";

const SIDE = 16;
const BITS = SIDE * SIDE;
/** Hexadecimal digits of the steps, and of all of a hash. */
const STEPS = BITS / 4;
const LENGTH = STEPS + 2 * BITS;
/** Bits in which two views of one picture may differ: compression, another size, a slight change of light. */
const NEAR = 24;
/**
 * How far from 1 the correlation of their cells may be. Among 30,000 pairs of handwritten digits with alike steps the
 * nearest is 0.02 away; street scenes squeezed by a quarter, or in other light, stay within 0.003 of themselves.
 */
const APART = 0.01;
/** A picture with fewer changes of brightness says too little about itself. */
const FEWEST_CHANGES = 24;
const BAND = 16;
const LARGEST_BUCKET = 64;

type Share = readonly [pixel: number, weight: number];

/** Which pixels each of so many cells along an axis covers, and with what part of themselves. */
function shares(length: number, count: number): readonly (readonly Share[])[] {
  return Array.from({ length: count }, (_, i) => {
    const [from, to] = [(i * length) / count, ((i + 1) * length) / count];
    const own: Share[] = [];
    for (let pixel = Math.floor(from); pixel < Math.min(length, Math.ceil(to)); pixel += 1)
      own.push([pixel, (Math.min(to, pixel + 1) - Math.max(from, pixel)) / (to - from)]);
    return own;
  });
}

/** Mean brightness of a grid of cells, (SIDE + 1) × SIDE. */
function cells({ width, height, channels, data }: Pixels): Float64Array {
  const columns = shares(width, SIDE + 1);
  const colours = Math.min(3, channels);
  const means = new Float64Array(columns.length * SIDE);
  for (const [row, rows] of shares(height, SIDE).entries())
    for (const [column, across] of columns.entries()) {
      let sum = 0;
      for (const [y, down] of rows)
        for (const [x, weight] of across) {
          const at = (y * width + x) * channels;
          let colour = 0;
          for (let c = 0; c < colours; c += 1) colour += data[at + c] as number;
          sum += down * weight * colour;
        }
      means[row * columns.length + column] = sum / colours;
    }
  return means;
}

/**
 * 64 hexadecimal digits, one bit for each step to the right that grows brighter, and the brightness of each cell in 256
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
        const level = Math.round((255 * (at(row, column) - low)) / Math.max(1, high - low));
        levels += level.toString(16).padStart(2, "0");
      }
      steps += value.toString(16);
    }
  return changes < FEWEST_CHANGES ? null : steps + levels;
}

const POPULATION = [0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4] as const;

/** How far the correlation of two pictures' cells is from 1. */
export function apart(a: string, b: string): number {
  // Kept by an earlier version.
  if (a.length !== LENGTH || b.length !== LENGTH) return 1;
  let [sumA, sumB, squareA, squareB, product] = [0, 0, 0, 0, 0];
  for (let i = STEPS; i < LENGTH; i += 2) {
    const [x, y] = [Number.parseInt(a.slice(i, i + 2), 16), Number.parseInt(b.slice(i, i + 2), 16)];
    sumA += x;
    sumB += y;
    squareA += x * x;
    squareB += y * y;
    product += x * y;
  }
  const spread = (squareA - sumA ** 2 / BITS) * (squareB - sumB ** 2 / BITS);
  return spread > 0 ? 1 - (product - (sumA * sumB) / BITS) / Math.sqrt(spread) : 1;
}

/** Bits in which two hashes differ. */
export function hashDistance(a: string, b: string): number {
  let distance = 0;
  for (let i = 0; i < STEPS; i += 1)
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
        if (apart(own, hashes.get(other) ?? "") <= APART) best = { item: other, distance };
      }
    }
    return best === null ? [] : [[item, best.item] as const];
  });
}
