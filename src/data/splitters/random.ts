// Splits at random as fastai does, so that a seed gives the split of its notebooks.
import { ok } from "../../base/result";
import { numpyPermutation } from "../../base/numpyRandom";
import { SEED_FIELDS, VALID, type SplitterOf } from "./splitter";

/** numpy's permutation under the seed; its first int(valid·n) items validate, the rest train (`split_by_rand_pct`). */
export const random: SplitterOf<"random"> = {
  id: "random",
  label: "chance",
  help: "A random part of the items, drawn as numpy draws it, so that a seed gives the split of fast.ai's notebooks.",
  fields: SEED_FIELDS,
  run: async (spec, { count }) => {
    const split = new Uint8Array(count);
    const order = numpyPermutation(count, spec.seed);
    for (let i = 0; i < Math.trunc(spec.valid * count); i += 1) split[order[i] as number] = VALID;
    return ok({ split, problems: [] });
  },
};
