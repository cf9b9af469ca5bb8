// Splits into equal parts, one of which validates: for cross-validation, part after part.
import { ok } from "../../base/result";
import { numpyPermutation } from "../../base/numpyRandom";
import { VALID, type SplitterOf } from "./splitter";

/** Part `fold` of a seeded order; parts differ by one item at most (scikit-learn's KFold with shuffling). */
export const kFold: SplitterOf<"kFold"> = {
  id: "kFold",
  label: "one of several parts",
  help: "Cross-validation: the items fall into equal parts, and each training leaves another part out.",
  fields: [
    {
      kind: "number",
      id: "folds",
      label: "Parts",
      help: "How many parts.",
      default: 5,
      min: 2,
      max: 20,
      step: 1,
      integer: true,
    },
    {
      kind: "number",
      id: "fold",
      label: "Left out",
      help: "Which part validates, from 0.",
      advanced: true,
      default: 0,
      min: 0,
      max: 19,
      step: 1,
      integer: true,
    },
    {
      kind: "number",
      id: "seed",
      label: "Seed",
      help: "The same seed always gives the same parts.",
      default: 42,
      min: 0,
      max: 0xffffffff,
      step: 1,
      integer: true,
    },
  ],
  run: async (spec, { count }) => {
    const split = new Uint8Array(count);
    const order = numpyPermutation(count, spec.seed);
    const fold = spec.fold % spec.folds;
    const bound = (part: number): number => part * Math.floor(count / spec.folds) + Math.min(part, count % spec.folds);
    for (let i = bound(fold); i < bound(fold + 1); i += 1) split[order[i] as number] = VALID;
    return ok({ split, problems: [] });
  },
};
