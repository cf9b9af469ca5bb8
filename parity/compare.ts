// Puts two lists of values side by side and says how far apart they are, in the measure of their tolerance.
import { summarise } from "../src/testing/uniform";
import type { TensorSummary } from "../src/testing/uniform";
import type { Quantity, Values } from "./parityCase";
import type { Tolerance } from "./tolerances";

export interface Verdict {
  readonly quantity: string;
  /** How many values, of how many items, were compared. */
  readonly values: number;
  readonly items: number;
  /** Largest absolute difference. */
  readonly absolute: number;
  /** The error in the tolerance's measure; must not be above its limit. */
  readonly error: number;
  readonly tolerance: Tolerance;
  readonly ok: boolean;
  /** The item with the largest error, and what is wrong where it is not a number. */
  readonly note: string;
}

const isWords = (values: Values): values is readonly string[] => typeof values[0] === "string";

function compareExactly({ quantity, item = "", actual, expected, tolerance }: Quantity): Verdict {
  const length = Math.max(actual.length, expected.length);
  let differences = 0;
  let first = "";
  for (let i = 0; i < length; i += 1) {
    if (actual[i] === expected[i]) continue;
    differences += 1;
    first ||= `${item} [${i}]: ${String(actual[i] ?? "nothing")} instead of ${String(expected[i] ?? "nothing")}`;
  }
  const ok = differences === 0;
  return { quantity, values: length, items: 1, absolute: differences, error: differences, tolerance, ok, note: first };
}

function scaleOf({ expected, scale, tolerance }: Quantity): (i: number) => number {
  const values = expected as ArrayLike<number>;
  if (tolerance.measure === "scaled") return (i) => scale?.[i] ?? Number.NaN;
  if (tolerance.measure === "relative") return (i) => Math.abs(values[i] as number) || 1;
  if (tolerance.measure === "absolute") return () => 1;
  let largest = 0;
  for (let i = 0; i < values.length; i += 1) largest = Math.max(largest, Math.abs(values[i] as number));
  return () => largest || 1;
}

/** One quantity's verdict. What is not finite on either side is a miss. */
export function compare(quantity: Quantity): Verdict {
  const { actual, expected, tolerance, item = "" } = quantity;
  const miss = { quantity: quantity.quantity, values: expected.length, items: 1, absolute: Infinity, error: Infinity, tolerance, ok: false }; // prettier-ignore
  if (tolerance.measure === "exact") return compareExactly(quantity);
  if (isWords(actual) || isWords(expected)) return { ...miss, note: `${item}: words are compared exactly` };
  if (actual.length !== expected.length || expected.length === 0) {
    return { ...miss, note: `${item}: ${actual.length} values instead of ${expected.length}` };
  }
  const scale = scaleOf(quantity);
  const errors = new Float64Array(expected.length);
  let absolute = 0;
  for (let i = 0; i < expected.length; i += 1) {
    const difference = Math.abs((actual[i] as number) - (expected[i] as number));
    const error = difference === 0 ? 0 : difference / scale(i);
    if (!Number.isFinite(error)) return { ...miss, note: `${item}: value ${i} is ${actual[i]}, not ${expected[i]}` };
    absolute = Math.max(absolute, difference);
    errors[i] = error;
  }
  const worst = errors.indexOf(errors.reduce((a, b) => Math.max(a, b), 0));
  const where = `${item} [${worst}]: ${(actual[worst] as number).toPrecision(8)}, not ${(expected[worst] as number).toPrecision(8)}`;
  // With a share, the error that this share of the values keeps.
  const kept = Math.ceil((tolerance.share ?? 1) * errors.length);
  const error = errors.sort()[Math.max(0, kept - 1)] as number;
  const ok = error <= tolerance.limit;
  return { ...miss, absolute, error, ok, note: ok ? item : where };
}

/** The worse of two verdicts on one quantity, counting both. */
export function fold(a: Verdict | undefined, b: Verdict): Verdict {
  if (!a) return b;
  const ratio = ({ ok, error, tolerance }: Verdict) => (ok ? error / (tolerance.limit || 1) : 1 + error);
  const worse = ratio(b) > ratio(a) || (a.ok && !b.ok) ? b : a;
  return {
    ...worse,
    values: a.values + b.values,
    items: a.items + b.items,
    absolute: Math.max(a.absolute, b.absolute),
    ok: a.ok && b.ok,
  };
}

/**
 * A tensor (in PyTorch's order) against the summary that the reference keeps: its length within the limit, its mean
 * relative to the length a value, and its first four values to ten times that.
 */
export function summaryQuantity(
  quantity: string,
  item: string,
  data: ArrayLike<number>,
  expected: TensorSummary,
  tolerance: Tolerance,
): Quantity {
  const actual = summarise(data);
  const perValue = expected.l2 / Math.sqrt(Math.max(1, data.length)) + 1e-12;
  const first = Array.from(expected.first, (_, i) => actual.first[i] ?? 0);
  return {
    quantity,
    item,
    actual: [actual.l2, actual.mean, ...first],
    expected: [expected.l2, expected.mean, ...expected.first],
    scale: [expected.l2 + 1e-12, perValue, ...first.map(() => 10 * perValue)],
    tolerance,
  };
}
