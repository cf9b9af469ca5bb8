// Scores of a confusion matrix as fastai v1 defines them; where nothing was predicted or present, a part counts as 0.
import type { Confusion } from "./gathered";

export type Average = "macro" | "micro" | "weighted" | "binary";

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const ratio = (above: number, below: number): number => (below > 0 ? above / below : 0);
const rowSums = (matrix: Confusion): number[] => matrix.map(sum);
const columnSums = (matrix: Confusion): number[] => matrix.map((_, c) => sum(matrix.map((row) => row[c] ?? 0)));
const hits = (matrix: Confusion): number[] => matrix.map((row, c) => row[c] ?? 0);

/** What each class weighs. Micro: as often as it is counted (predicted, or present), which gives the accuracy. */
function weights(matrix: Confusion, average: Average, counted: readonly number[]): number[] {
  const shares = (counts: readonly number[]) => counts.map((count) => ratio(count, sum(counts)));
  if (average === "micro") return shares(counted);
  if (average === "weighted") return shares(rowSums(matrix));
  // Class 1 alone; with more than two classes fastai takes the mean instead.
  if (average === "binary" && matrix.length === 2) return [0, 1];
  return matrix.map(() => 1 / matrix.length);
}

const weighted = (values: readonly number[], by: readonly number[]): number =>
  sum(values.map((value, i) => value * (by[i] ?? 0)));

const precisions = (matrix: Confusion) => hits(matrix).map((hit, c) => ratio(hit, columnSums(matrix)[c] ?? 0));
const recalls = (matrix: Confusion) => hits(matrix).map((hit, c) => ratio(hit, rowSums(matrix)[c] ?? 0));

/** Of what was taken for a class, the part that is it. */
export const precision = (matrix: Confusion, average: Average): number =>
  weighted(precisions(matrix), weights(matrix, average, columnSums(matrix)));

/** Of what is a class, the part that was found. */
export const recall = (matrix: Confusion, average: Average): number =>
  weighted(recalls(matrix), weights(matrix, average, rowSums(matrix)));

/** (1 + β²)PR / (β²P + R), class by class, then averaged. */
export function fbetaScore(matrix: Confusion, average: Average, beta: number): number {
  const f = (p: number, r: number) => ratio((1 + beta ** 2) * p * r, beta ** 2 * p + r);
  if (average === "micro") return f(precision(matrix, "micro"), recall(matrix, "micro"));
  const [p, r] = [precisions(matrix), recalls(matrix)];
  return weighted(p.map((value, c) => f(value, r[c] ?? 0)), weights(matrix, average, [])); // prettier-ignore
}

/** Cohen's kappa: agreement beyond chance; distant mistakes may weigh more. */
export function kappa(matrix: Confusion, by: "none" | "linear" | "quadratic"): number {
  const [rows, columns] = [rowSums(matrix), columnSums(matrix)];
  const all = sum(rows);
  const weigh = (i: number, j: number) => (by === "none" ? Number(i !== j) : Math.abs(i - j) ** (by === "linear" ? 1 : 2)); // prettier-ignore
  let [observed, expected] = [0, 0];
  matrix.forEach((row, i) =>
    row.forEach((count, j) => {
      observed += weigh(i, j) * count;
      expected += (weigh(i, j) * (rows[i] ?? 0) * (columns[j] ?? 0)) / all;
    }),
  );
  return 1 - observed / expected;
}

/** Matthews' correlation of truth and answer, for any number of classes (Gorodkin 2004). */
export function matthews(matrix: Confusion): number {
  const [rows, columns] = [rowSums(matrix), columnSums(matrix)];
  const all = sum(rows);
  const covariance = (a: readonly number[], b: readonly number[]) => all ** 2 - weighted(a, b);
  const both = sum(hits(matrix)) * all - weighted(rows, columns);
  return both / Math.sqrt(covariance(rows, rows) * covariance(columns, columns));
}

/** Rows without those of a class that does not count; its column stays: taking something for it is a mistake. */
const without = (matrix: Confusion, left: number): Confusion =>
  matrix.map((row, c) => (c === left ? row.map(() => 0) : row));

/** Part of what counts that is right (fastai's acc_camvid, foreground_acc). */
export function accuracyWithout(matrix: Confusion, left: number): number {
  const rest = without(matrix, left);
  return sum(hits(rest)) / sum(rowSums(rest));
}

/** Overlap of truth and answer of each class that is there or was seen, averaged: IoU, or Dice. */
export function meanOverlap(matrix: Confusion, left: number, kind: "iou" | "dice"): number {
  const rest = without(matrix, left);
  const [rows, columns] = [rowSums(rest), columnSums(rest)];
  const overlaps = hits(rest).flatMap((hit, c) => {
    const both = (rows[c] ?? 0) + (columns[c] ?? 0);
    if (c === left || both === 0) return [];
    return [kind === "dice" ? (2 * hit) / both : hit / (both - hit)];
  });
  return sum(overlaps) / overlaps.length;
}
