// Classes for masks that no list names: one for each number, or for each value or colour that occurs.
import type { LabelsOf } from "../../spec/labelsSpec";
import type { FileIndex } from "../sources/fileIndex";
import { maskValues } from "./maskValues";
import { peekMasks } from "./peekMasks";

const LOOKED_AT = 24;
const MOST_CLASSES = 255;
/** Where so many times as many numbers are free as are used, they are no class numbers: 0 and 255, for example. */
const SPARSE = 4;

export interface NumberedClasses extends Pick<LabelsOf<"mask">, "values"> {
  readonly classes: string[];
}

/** Null where no mask can be read; where some hold numbers and some colours, it goes by the numbers. */
export async function numberedClasses(index: FileIndex, files: Int32Array): Promise<NumberedClasses | null> {
  const found = (await peekMasks(index, files, maskValues(0, undefined), LOOKED_AT)).map(({ value }) => value);
  const colours = found.filter((value) => value.startsWith("#")).toSorted();
  const numbers = found.flatMap((value) => (value.startsWith("#") ? [] : [Number(value)])).toSorted((a, b) => a - b);
  if (found.length === 0) return null;
  if (numbers.length === 0) return { classes: colours, values: colours.map((from, to) => ({ from, to })) };
  const most = (numbers.at(-1) ?? 0) + 1;
  const name = (number: number): string => `class ${number}`;
  if (most <= MOST_CLASSES && most <= SPARSE * numbers.length) return { classes: Array.from({ length: most }, (_, i) => name(i)) }; // prettier-ignore
  return { classes: numbers.map(name), values: numbers.map((from, to) => ({ from, to })) };
}
