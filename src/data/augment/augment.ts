// What every batch augmentation is: it describes itself and draws, per picture, a change of geometry or of light.
import type { Rng } from "../../base/rng";
import type { NumberParam } from "../../spec/params";
import type { Described } from "../../spec/params";
import type { Fields } from "../choice";
import type { Affine } from "./affine";

/** One picture's share: geometry, or light in logit space: logit → scale · logit + shift. */
export interface Contribution {
  readonly matrix?: Affine;
  readonly lighting?: { readonly scale: number; readonly shift: number };
}

export interface Augment extends Described {
  /** Lower ones come first; geometry is composed by it as in fastai (affine 5, lighting 8, pixel 10). */
  readonly order: number;
  /** Always draws the same number of random values, so that one augmentation never shifts another. */
  draw(rng: Rng, fields: Fields): Contribution;
}

/** The field that every random augmentation has. */
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
