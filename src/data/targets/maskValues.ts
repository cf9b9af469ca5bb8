// From the values in a mask file to class numbers, by the recipe's list or one to one.
import { NO_CLASS } from "../../spec/packedMask";
import type { MaskSamples } from "./maskSamples";

/** Which value stands for which class; plain, so that it crosses to a decoder. */
export interface MaskValues {
  /** How many classes there are. */
  readonly classes: number;
  /** [value or 0xrrggbb, class or −1]; null: values are class numbers. */
  readonly grey: readonly (readonly [number, number])[] | null;
  readonly colours: readonly (readonly [number, number])[];
}

/** What becomes of masks that are not as they should be. */
export interface OddMasks {
  /** Those of another size are scaled to their picture. */
  readonly scaled: boolean;
  /** Number of the class that stands for a mask that is not there; null where such pictures are left out. */
  readonly blank: number | null;
}

interface RecipeValue {
  readonly from: number | string;
  readonly to: number;
}

/** The recipe's list, sorted into numbers and colours. */
export function maskValues(classes: number, values: readonly RecipeValue[] | undefined): MaskValues {
  const grey = values?.flatMap(({ from, to }) => (typeof from === "number" ? [[from, to] as const] : [])) ?? [];
  const colours =
    values?.flatMap(({ from, to }) =>
      typeof from === "string" ? [[Number.parseInt(from.slice(1), 16), to] as const] : [],
    ) ?? [];
  return { classes, grey: grey.length > 0 ? grey : null, colours };
}

export interface ClassNumbers {
  /** Class of each pixel, NO_CLASS where it has none. */
  readonly ids: Uint8Array<ArrayBuffer>;
  /** Values that stand for no class, and for nothing else either. */
  readonly unknown: readonly number[];
}

/** Class numbers of a mask; null where it holds colours and the recipe names none. */
export function classNumbers(mask: MaskSamples, { classes, grey, colours }: MaskValues): ClassNumbers | null {
  if (mask.kind === "colour" && colours.length === 0) return null;
  const byColour = mask.kind === "colour" || (mask.kind === "palette" && colours.length > 0);
  const table = new Map(byColour ? colours : (grey ?? []));
  const direct = !byColour && grey === null;
  const unknown = new Set<number>();
  const known = new Map<number, number>();
  const classOf = (value: number): number => {
    const key = byColour && mask.kind === "palette" ? (mask.palette[value] ?? -1) : value;
    const found = direct ? (key < classes ? key : undefined) : table.get(key);
    if (found === undefined) unknown.add(key);
    return found === undefined || found < 0 || found >= classes ? NO_CLASS : found;
  };
  const ids = new Uint8Array(mask.values.length);
  for (let i = 0; i < ids.length; i += 1) {
    const value = mask.values[i] as number;
    let number = known.get(value);
    if (number === undefined) {
      number = classOf(value);
      known.set(value, number);
    }
    ids[i] = number;
  }
  return { ids, unknown: [...unknown].sort((a, b) => a - b) };
}
