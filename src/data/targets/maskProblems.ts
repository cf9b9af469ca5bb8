// What is said about mask values without a class, with the buttons that settle the usual cases.
import type { Mend, Problem } from "../../base/problem";
import type { MaskValue } from "../../spec/dataReport";
import { problem } from "../../spec/problems";

interface Entry {
  readonly from: number | string;
  readonly to: number;
}

const fromOf = (value: string): number | string => (value.startsWith("#") ? value : Number(value));

/** Every class keeps its own number, and the listed values get theirs. */
function listOf(classes: number, extra: readonly Entry[]): Entry[] {
  const own = Array.from({ length: classes }, (_, i): Entry => ({ from: i, to: i }));
  return [...own.filter(({ from }) => !extra.some((one) => one.from === from)), ...extra];
}

const set = (label: string, value: readonly Entry[]): Mend => ({
  label,
  action: { do: "setRecipe", path: "data.labels.values", value },
});

/** Null where every value has its class. */
export function maskProblem(
  found: readonly MaskValue[],
  codes: readonly string[],
  old: readonly Entry[],
): Problem | null {
  if (found.length === 0) return null;
  const colours = found.some(({ value }) => value.startsWith("#"));
  const items = found.map(({ value, masks }) => `${value}, in ${masks} of the masks looked at`);
  const mend: Mend[] = [];
  const second = codes[1];
  if (found.length === 1 && found[0]?.value === "255" && codes.length === 2 && second !== undefined)
    mend.push(set(`255 is ${second}`, [{ from: 0, to: 0 }, { from: 255, to: 1 }])); // prettier-ignore
  if (!colours) {
    const none = found.map(({ value }): Entry => ({ from: fromOf(value), to: -1 }));
    mend.push(set("They do not count", old.length > 0 ? [...old, ...none] : listOf(codes.length, none)));
  }
  mend.push({ label: "Look at the data", action: { do: "openScreen", screen: "data" } });
  return problem(colours ? "MASK_COLOUR" : "MASK_VALUES", { items, mend });
}
