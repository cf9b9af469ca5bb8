// Splits at random as fastai does, so that a seed gives the split of its notebooks.
import { numpyPermutation } from "../../base/numpyRandom";
import type { SplitSpec } from "../../spec/recipe";
import { VALID, type Split, type SplitContext } from "./splitter";

/** numpy's permutation under the seed; its first int(valid·n) items validate, the rest train (`split_by_rand_pct`). */
export function random(spec: Extract<SplitSpec, { kind: "random" }>, { count }: SplitContext): Split {
  const split = new Uint8Array(count);
  const order = numpyPermutation(count, spec.seed);
  for (let i = 0; i < Math.trunc(spec.valid * count); i += 1) split[order[i] as number] = VALID;
  return split;
}
