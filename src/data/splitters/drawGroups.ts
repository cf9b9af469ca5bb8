// Holds whole groups back until they make up the wanted share.
import { numpyPermutation } from "../../base/numpyRandom";

/** Some of the groups, in a seeded order, until they hold the share of the items; never all of them. */
export function drawGroups(counts: ReadonlyMap<string, number>, valid: number, seed: number): ReadonlySet<string> {
  const names = [...counts.keys()].sort();
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const held = new Set<string>();
  let items = 0;
  for (const at of numpyPermutation(names.length, seed)) {
    if (items >= valid * total || held.size >= names.length - 1) break;
    const name = names[at] as string;
    held.add(name);
    items += counts.get(name) ?? 0;
  }
  return held;
}
