// The answers and weights of a batch, as one would print them.
import type { BatchValues } from "../spec/dataLook";

const MOST = 40;

const list = (values: readonly number[]): string => {
  const shown = values.slice(0, MOST).map((value) => String(Number(value.toPrecision(4))));
  return `[${shown.join(", ")}${values.length > MOST ? ", …" : ""}]`;
};

/** Equal neighbours as one: `[1 × 26, 0 × 6]`. */
function runs(values: readonly number[]): string {
  const found: { value: number; count: number }[] = [];
  for (const value of values) {
    const last = found.at(-1);
    if (last?.value === value) last.count += 1;
    else found.push({ value, count: 1 });
  }
  return `[${found.map(({ value, count }) => (count === 1 ? String(value) : `${value} × ${count}`)).join(", ")}]`;
}

/** `y`, or its first row where an item has several numbers; masks are seen instead. */
export function batchCode({ y, slots }: BatchValues): string {
  const weight = `weight = ${runs(slots.map((slot) => slot.weight))}`;
  const [first] = slots;
  if (!first || first.values.length === 0) return weight;
  const answers =
    y.shape.length === 1 ? `y = ${list(slots.map(({ values }) => values[0] ?? 0))}` : `y[0] = ${list(first.values)}`;
  return `${answers}\n${weight}`;
}
