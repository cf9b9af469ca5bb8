// Classes renamed, merged and left out, as the recipe keeps it: by the labels as they are read.
import type { Recipe } from "../spec/recipe";

export type ClassEdits = NonNullable<Recipe["data"]["classes"]>;

const NONE: ClassEdits = { rename: [], exclude: [] };

/** Edits without anything in them are no edits. */
function tidy(edits: ClassEdits): ClassEdits | undefined {
  return edits.rename.length + edits.exclude.length === 0 ? undefined : edits;
}

/** The labels as they are read that are shown as this one. */
function readAs(label: string, { rename }: ClassEdits): string[] {
  return [label, ...rename.filter(({ to }) => to === label).map(({ from }) => from)];
}

/** What is shown as `label` is shown as `to` from now on; a name that is there already merges the two. */
export function renameClass(edits: ClassEdits = NONE, label: string, to: string): ClassEdits | undefined {
  const own = readAs(label, edits);
  const others = edits.rename.filter(({ from }) => !own.includes(from));
  return tidy({ ...edits, rename: [...others, ...own.filter((from) => from !== to).map((from) => ({ from, to }))] });
}

/** Items with no other label are left out. */
export function excludeClass(edits: ClassEdits = NONE, label: string): ClassEdits | undefined {
  const own = readAs(label, edits);
  return tidy({
    rename: edits.rename.filter(({ from }) => !own.includes(from)),
    exclude: [...new Set([...edits.exclude, ...own])],
  });
}

/** The label is read as it stands again. */
export function restoreClass(edits: ClassEdits = NONE, label: string): ClassEdits | undefined {
  return tidy({
    rename: edits.rename.filter(({ from }) => from !== label),
    exclude: edits.exclude.filter((one) => one !== label),
  });
}
