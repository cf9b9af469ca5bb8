// How a transform, model, metric or schedule describes its own fields, so that one form can draw them all.

interface Field {
  readonly id: string;
  readonly label: string;
  /** At most three plain sentences. */
  readonly help: string;
  /** Another name where that field is neither 0 nor empty. */
  readonly beside?: { readonly field: string; readonly label: string };
  /** Shown only under "Everything". */
  readonly advanced?: boolean;
  /** Shown only where other fields have one of these values. */
  readonly when?: readonly { readonly field: string; readonly is: readonly string[] }[];
}

export interface NumberParam extends Field {
  readonly kind: "number";
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly integer?: boolean;
  /** Moves the slider by factors instead of by steps. */
  readonly log?: boolean;
  readonly unit?: string;
  /** A share: shown as per cent. */
  readonly percent?: boolean;
}

export interface BooleanParam extends Field {
  readonly kind: "boolean";
  readonly default: boolean;
}

export interface ChoiceParam extends Field {
  readonly kind: "choice";
  readonly default: string;
  readonly options: readonly { readonly id: string; readonly label: string }[];
}

export interface TextParam extends Field {
  readonly kind: "text";
  readonly default: string;
}

/** One of the data's classes by name; "" for none. */
export interface ClassParam extends Field {
  readonly kind: "class";
  readonly default: string;
  /** What "" means, in words. */
  readonly none: string;
}

/** One of the data's classes by its number; −1 for none. */
export interface ClassNumberParam extends Omit<NumberParam, "kind"> {
  readonly kind: "classNumber";
  /** What −1 means, in words. */
  readonly none: string;
}

/** A number for each class: "" for 1 each, "balanced" for what makes up for rarity, or numbers with commas between. */
export interface ClassWeightsParam extends Field {
  readonly kind: "classWeights";
  readonly default: string;
}

/** The loss on the validation set ("validLoss") or one of the recipe's metrics by name. */
export interface MetricParam extends Field {
  readonly kind: "metric";
  readonly default: string;
}

export type ParamSpec =
  | NumberParam
  | BooleanParam
  | ChoiceParam
  | TextParam
  | ClassParam
  | ClassNumberParam
  | ClassWeightsParam
  | MetricParam;
export type ParamValue = number | boolean | string;

/** What every registered thing says about itself; `make` stays in the worker. */
export interface Described {
  readonly id: string;
  readonly label: string;
  readonly help: string;
  readonly params: readonly ParamSpec[];
}

/** The described thing's fields at their defaults. */
export function defaultsOf(params: readonly ParamSpec[]): Record<string, ParamValue> {
  return Object.fromEntries(params.map((param) => [param.id, param.default]));
}

/** Whether a field is shown: advanced ones only where they were set, since nobody should be surprised by what is hidden. */
export const isShown = (
  param: Pick<Field, "advanced"> & { readonly default: unknown },
  value: unknown,
  everything: boolean,
): boolean => everything || param.advanced !== true || (value !== undefined && value !== param.default);

/** Whether a field says anything beside the values of the others. */
export function isMeant({ when = [] }: Pick<Field, "when">, values: Readonly<Record<string, unknown>>): boolean {
  return when.every(({ field, is }) => is.includes(String(values[field])));
}

/** A field's name beside the values of the others. */
export function labelOf(
  { label, beside }: Pick<Field, "label" | "beside">,
  values: Readonly<Record<string, unknown>>,
): string {
  const set = beside ? values[beside.field] : undefined;
  return beside && set !== undefined && set !== 0 && set !== "" ? beside.label : label;
}

/** Why a value does not fit a field, in words, or null when it does. */
export function misfit(param: ParamSpec, value: unknown): string | null {
  switch (param.kind) {
    case "number":
    case "classNumber":
      if (typeof value !== "number" || !Number.isFinite(value)) return "must be a number";
      if (param.integer === true && !Number.isInteger(value)) return "must be a whole number";
      if (value < param.min || value > param.max) return `must lie between ${param.min} and ${param.max}`;
      return null;
    case "boolean":
      return typeof value === "boolean" ? null : "must be true or false";
    case "choice":
      return param.options.some((option) => option.id === value)
        ? null
        : `must be one of ${param.options.map((option) => option.id).join(", ")}`;
    case "classWeights":
      return typeof value === "string" && (value === BALANCED || weightsOf(value) !== null)
        ? null
        : "must be numbers with commas between them";
    case "class":
    case "metric":
    case "text":
      return typeof value === "string" ? null : "must be text";
  }
}

/** Class weights by how rare a class is, worked out from the training set. */
export const BALANCED = "balanced";

/** "1, 2.5" → [1, 2.5]; "" → []; null where it is no list of numbers from 0 upwards. */
export function weightsOf(text: string): number[] | null {
  if (text.trim() === "") return [];
  const weights = text.split(/[,;\s]+/).filter((part) => part !== "").map(Number); // prettier-ignore
  return weights.every((weight) => Number.isFinite(weight) && weight >= 0) ? weights : null;
}
