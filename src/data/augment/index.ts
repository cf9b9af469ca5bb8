// All batch augmentations, and how the recipe's list becomes one map and one change of light a picture.
import type { Problem } from "../../base/problem";
import { registry } from "../../base/registry";
import { err, ok, type Result } from "../../base/result";
import { createRng } from "../../base/rng";
import { problem } from "../../spec/problems";
import type { Choice } from "../../spec/recipe";
import { readChoice, type Fields } from "../choice";
import { IDENTITY, multiply, type Affine } from "./affine";
import type { Augment } from "./augment";
import { brightness } from "./brightness";
import { contrast } from "./contrast";
import { dihedral } from "./dihedral";
import { flip } from "./flip";
import { rotate } from "./rotate";
import { zoom } from "./zoom";

export const AUGMENTS = registry<Augment>([flip, dihedral, rotate, zoom, brightness, contrast]);

/** What one picture of one epoch goes through. */
export interface Draw {
  readonly matrix: Affine;
  /** logit → scale · logit + shift */
  readonly scale: number;
  readonly shift: number;
}

export const NO_AUGMENT: Draw = { matrix: IDENTITY, scale: 1, shift: 0 };

export interface AugmentChain {
  /** Depends on the seed, the epoch and the item alone, not on the batch or its order. */
  draw(epoch: number, item: number): Draw;
}

/** The recipe's augmentations by their order; geometry is multiplied from the left to the right as fastai does. */
export function chainAugments(choices: readonly Choice[], seed: number): Result<AugmentChain, Problem> {
  const steps: { readonly augment: Augment; readonly fields: Fields }[] = [];
  for (const choice of choices) {
    const augment = AUGMENTS.get(choice.kind);
    if (augment === undefined) return err(problem("TRANSFORM_FIELDS", { items: [`${choice.kind} is unknown`] }));
    const fields = readChoice(augment, choice);
    if ("length" in fields) return err(problem("TRANSFORM_FIELDS", { items: fields }));
    steps.push({ augment, fields });
  }
  steps.sort((a, b) => a.augment.order - b.augment.order);
  return ok({
    draw(epoch, item) {
      if (steps.length === 0) return NO_AUGMENT;
      const rng = createRng(seed, "augment", epoch, item);
      let matrix = IDENTITY;
      let [scale, shift] = [1, 0];
      for (const { augment, fields } of steps) {
        const own = augment.draw(rng, fields);
        if (own.matrix !== undefined) matrix = multiply(matrix, own.matrix);
        if (own.lighting !== undefined) {
          scale *= own.lighting.scale;
          shift = shift * own.lighting.scale + own.lighting.shift;
        }
      }
      return { matrix, scale, shift };
    },
  });
}
