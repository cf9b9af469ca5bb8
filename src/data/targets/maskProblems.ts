// What is said about mask values without a class, with the buttons that settle the usual cases.
import type { Mend, Problem } from "../../base/problem";
import type { MaskValue } from "../../spec/dataReport";
import type { LabelsOf } from "../../spec/labelsSpec";
import type { FileIndex } from "../sources/fileIndex";
import { findColours } from "./colourList";
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

/** The button that takes a list of colours, where it names some of those that nobody has named yet. */
export async function coloursMend(
  index: FileIndex,
  found: readonly MaskValue[],
  labels: LabelsOf<"mask">,
): Promise<readonly Mend[]> {
  const colours = new Set(found.map(({ value }) => value).filter((value) => value.startsWith("#")));
  const list = colours.size > 0 ? await findColours(index) : null;
  if (list === null || !list.values.some(({ from }) => colours.has(String(from)))) return [];
  const { file, classes, values } = list;
  const value = { ...labels, codes: "", classes, values };
  return [{ label: `Take the colours of ${file}`, action: { do: "setRecipe", path: "data.labels", value } }];
}

/** Numbers without a class, and colours without one; nothing where every value has its class. */
export function maskProblems(
  found: readonly MaskValue[],
  codes: readonly string[],
  old: readonly Entry[],
  colourMends: readonly Mend[] = [],
): readonly Problem[] {
  const colours = found.filter(({ value }) => value.startsWith("#"));
  const numbers = found.filter(({ value }) => !value.startsWith("#"));
  return [
    ...(colours.length > 0
      ? [problem("MASK_COLOUR", { items: colours.map(said), mend: [...colourMends, openData] })]
      : []),
    ...(numbers.length > 0 ? [numbersProblem(numbers, codes, old)] : []),
  ];
}
