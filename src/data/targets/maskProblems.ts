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

const openData: Mend = { label: "Look at the data", action: { do: "openScreen", screen: "data" } };
const said = ({ value, masks }: MaskValue): string => `${value}, in ${masks} of the masks looked at`;

const set = (label: string, value: readonly Entry[]): Mend => ({
  label,
  action: { do: "setRecipe", path: "data.labels.values", value },
});

function numbersProblem(found: readonly MaskValue[], codes: readonly string[], old: readonly Entry[]): Problem {
  const mend: Mend[] = [];
  const second = codes[1];
  if (found.length === 1 && found[0]?.value === "255" && codes.length === 2 && second !== undefined)
    mend.push(set(`255 is ${second}`, [{ from: 0, to: 0 }, { from: 255, to: 1 }])); // prettier-ignore
  const none = found.map(({ value }): Entry => ({ from: fromOf(value), to: -1 }));
  mend.push(set("They do not count", old.length > 0 ? [...old, ...none] : listOf(codes.length, none)), openData);
  return problem("MASK_VALUES", { items: found.map(said), mend });
}

/** Numbers without a class, and colours without one; nothing where every value has its class. */
export function maskProblems(
  found: readonly MaskValue[],
  codes: readonly string[],
  old: readonly Entry[],
): readonly Problem[] {
  const colours = found.filter(({ value }) => value.startsWith("#"));
  const numbers = found.filter(({ value }) => !value.startsWith("#"));
  return [
    ...(colours.length > 0 ? [problem("MASK_COLOUR", { items: colours.map(said), mend: [openData] })] : []),
    ...(numbers.length > 0 ? [numbersProblem(numbers, codes, old)] : []),
  ];
}
