// What every batch augmentation is: it describes itself, draws values for a picture, and says what values do to it.
import type { Rng } from "../../base/rng";
import type { ChoiceParam, Described, NumberParam } from "../../spec/params";
import type { Padding } from "../../kernels/augmentPlan";
import type { Fields } from "../choice";
import type { Effect } from "./draw";

/** What was drawn for one picture, under fastai's names. */
export type Values = Readonly<Record<string, number | string | readonly number[]>>;

export interface Step {
  /** Lower ones come first, as in fastai: pad −10, coordinates 4, affine 5, light 8, pixels 10, cutout 20, crop 99. */
  readonly order: number;
  /** Always draws the same number of random values. */
  resolve(rng: Rng, fields: Fields): Values;
  apply(values: Values): Effect;
  /** For what also decides the size, and so must happen to every picture: the values of validation pictures. */
  readonly evaluate?: (fields: Fields) => Values;
  /** Whether validation sees the whole picture all the same, in tiles of that size; how far these overlap, or null. */
  readonly tiles?: (fields: Fields) => number | null;
}

export interface Augment extends Described {
  /** Test-time augmentation does without it, having its own: zooms into corners, and flips. */
  readonly notAtTestTime?: boolean;
  /** Turns left into right. */
  readonly mirrors?: boolean;
  /** Most have one; fastai's `rand_pad`, for example, has two. */
  readonly steps: readonly Step[];
}

/** A value that is a number, or what it is otherwise. */
export function numberOf(values: Values, id: string, otherwise = 0): number {
  const value = values[id];
  return typeof value === "number" ? value : otherwise;
}

export function listOf(values: Values, id: string, length: number): readonly number[] {
  const value = values[id];
  // fastai's `listify`: one number stands for all.
  if (typeof value === "number") return Array.from({ length }, () => value);
  return typeof value === "object" ? value : [];
}

export function paddingOf(values: Values): Padding {
  const value = values["paddingMode"];
  return value === "border" || value === "zeros" ? value : "reflection";
}

/** Evenly between −max and max. */
export const evenly = (rng: Rng, max: number): number => max * (2 * rng.uniform() - 1);

/** The field that every random augmentation has; drawn before everything else. */
export function chance(value: number): NumberParam {
  return {
    kind: "number",
    id: "p",
    label: "Chance",
    help: "Share of the pictures that it changes.",
    default: value,
    min: 0,
    max: 1,
    step: 0.05,
    advanced: true,
  };
}

/** The field that says what lies beyond the edges. */
export const beyondEdge: ChoiceParam = {
  kind: "choice",
  id: "padding",
  label: "Beyond the edge",
  help: "What is shown where the picture ends.",
  default: "reflection",
  options: [
    { id: "reflection", label: "Mirror image" },
    { id: "border", label: "Edge colour" },
    { id: "zeros", label: "Black" },
  ],
  advanced: true,
};

const side = (id: string, label: string): NumberParam => ({
  kind: "number",
  id,
  label,
  help: "Of the pictures that the model gets.",
  default: 64,
  min: 8,
  max: 1024,
  step: 8,
  integer: true,
  unit: "px",
});

/** The fields of a size. */
export const SIDES = [side("height", "Height"), side("width", "Width")] as const;
