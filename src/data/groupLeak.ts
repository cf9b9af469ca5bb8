// Notices that frames of one video, or pictures of one person, are drawn into both sets.
import type { Problem } from "../base/problem";
import { problem } from "../spec/problems";
import type { Recipe } from "../spec/recipe";
import type { SplitSpec } from "../spec/splitSpec";
import type { BlockPlan } from "./blockPlan";
import { TRAIN, VALID } from "./splitters/splitter";

/** Splits that draw items one by one. */
const DRAWN: ReadonlySet<SplitSpec["kind"]> = new Set(["random", "stratified", "kFold"]);
const FRAME = "([^/]*?)[_-]?[a-z]?\\d+(_rgb)?\\.[^.]+$";

interface Grouping {
  readonly split: Partial<SplitSpec>;
  readonly of: (path: string) => string | null;
  readonly words: string;
}

const GROUPINGS: readonly Grouping[] = [
  {
    split: { by: "folder", level: 1 } as Partial<SplitSpec>,
    of: (path) => path.split("/").at(-2) ?? null,
    words: "folder",
  },
  {
    split: { by: "regex", level: 1, pattern: FRAME } as Partial<SplitSpec>,
    of: (path) => new RegExp(FRAME, "u").exec(path)?.[1] || null,
    words: "beginning of the name",
  },
];

/** A warning with the button that splits by group; for tasks whose labels are not the groups themselves. */
export function groupLeak({ task, split, files, path }: BlockPlan, recipe: Recipe): Problem | null {
  const own = recipe.data.split;
  if (!DRAWN.has(own.kind) || task === "singleLabel" || task === "multiLabel" || files.length < 8) return null;
  for (const { split: by, of, words } of GROUPINGS) {
    const groups = new Map<string, [train: number, valid: number]>();
    for (let item = 0; item < files.length; item += 1) {
      const part = split[item];
      const group = of(path(item));
      if (group === null || (part !== TRAIN && part !== VALID)) continue;
      const counts = groups.get(group) ?? [0, 0];
      counts[part] += 1;
      groups.set(group, counts);
    }
    if (groups.size < 2 || groups.size > files.length / 3) continue;
    const both = [...groups].filter(([, [train, valid]]) => train > 0 && valid > 0).map(([name]) => name);
    if (both.length === 0) continue;
    const valid = "valid" in own && typeof own.valid === "number" ? own.valid : 0.2;
    const value = { kind: "group", ...by, valid, seed: "seed" in own ? own.seed : 42 };
    return problem("SPLIT_GROUPS", {
      detail: `${both.length} of ${groups.size} groups by the ${words} are in both sets, so the score may flatter; hold whole groups out.`,
      items: both,
      mend: [{ label: "Split by whole groups", action: { do: "setRecipe", path: "data.split", value } }],
    });
  }
  return null;
}
