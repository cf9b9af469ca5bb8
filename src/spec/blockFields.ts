// How labelers, splitters and kinds of items describe themselves, so that one form draws them all.
import type { BooleanParam, ChoiceParam, NumberParam, TextParam } from "./params";

/** Where suggestions for a text come from. */
export type Suggest = "columns" | "files" | "folders";

/** The option of a choice that stands for no value. */
export const BLANK = "-";

interface Extra {
  readonly suggest?: Suggest;
  /** What an empty text, or a number at its default, is in the recipe: the field left out, or null; else it stays as it is. */
  readonly blank?: "absent" | "null";
}

export type ListField = Omit<TextParam, "kind" | "default"> & {
  readonly kind: "list";
  readonly default: readonly string[];
};

/** One field of a labeler, a splitter or a kind of items; in its `when`, `@items` stands for the kind of the items. */
export type BlockField = (NumberParam | BooleanParam | ChoiceParam | TextParam | ListField) & Extra;

export interface BlockEntry {
  readonly id: string;
  readonly label: string;
  readonly help: string;
  readonly fields: readonly BlockField[];
}

/** What labels are: names, masks, points or numbers. */
export type AnswerKind = "labels" | "masks" | "points" | "values";

export interface LabelerEntry extends BlockEntry {
  readonly answers: AnswerKind;
  /** Items that it can label; any where it is left out. */
  readonly items?: readonly string[];
}

type FieldValue = string | number | boolean | null | readonly string[];

/** Whether a value says nothing, so that it may be left out of the recipe. */
export const isBlank = (field: BlockField, value: unknown): boolean =>
  value === "" ||
  value === BLANK ||
  (Array.isArray(value) && value.length === 0) ||
  (field.kind === "number" && field.blank === "absent" && value === field.default);

/** An entry's `{kind, …}` with every field at its default. */
export function startOf({ id, fields }: BlockEntry): Record<string, FieldValue> {
  const spec: Record<string, FieldValue> = { kind: id };
  for (const field of fields) {
    const empty = isBlank(field, field.default);
    if (empty && field.blank === "absent") continue;
    spec[field.id] = empty && field.blank === "null" ? null : field.default;
  }
  return spec;
}
