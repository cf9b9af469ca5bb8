// Splits at random within every class, so that rare ones are in both sets.
import { ok } from "../../base/result";
import { numpyPermutation } from "../../base/numpyRandom";
import { SEED_FIELDS, VALID, type SplitterOf } from "./splitter";

/** Items by their class; of several labels the rarest one counts. */
function strata(count: number, labels: (item: number) => readonly string[]): Map<string, number[]> {
  const uses = new Map<string, number>();
  for (let item = 0; item < count; item += 1)
    for (const label of labels(item)) uses.set(label, (uses.get(label) ?? 0) + 1);
  const groups = new Map<string, number[]>();
  for (let item = 0; item < count; item += 1) {
    const rarest = [...labels(item)].sort((a, b) => (uses.get(a) ?? 0) - (uses.get(b) ?? 0))[0] ?? "";
    const group = groups.get(rarest);
    if (group === undefined) groups.set(rarest, [item]);
    else group.push(item);
  }
  return groups;
}

/** Of each class the rounded share, at least one item of two or more. */
export const stratified: SplitterOf<"stratified"> = {
  id: "stratified",
  label: "chance, in every class",
  help: "A random part of each class, so that rare classes are trained on and validated on too.",
  fields: SEED_FIELDS,
  run: async (spec, { count, labels }) => {
    const split = new Uint8Array(count);
    const groups = [...strata(count, labels)].sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [, items] of groups) {
      const held =
        items.length < 2 ? 0 : Math.min(items.length - 1, Math.max(1, Math.round(spec.valid * items.length)));
      const order = numpyPermutation(items.length, spec.seed);
      for (let i = 0; i < held; i += 1) split[items[order[i] as number] as number] = VALID;
    }
    return ok({ split, problems: [] });
  },
};
