// What is not used, as one list of groups: files that cannot be read by reason, and what has no partner.
import type { Mend } from "../base/problem";
import type { UnmatchedGroup } from "../spec/dataLook";
import type { SkippedItem } from "../spec/dataReport";
import { isProblemCode, PROBLEMS } from "../spec/problems";

/** The largest group first. */
export function leftOutGroups(
  skipped: readonly SkippedItem[],
  unmatched: readonly UnmatchedGroup[],
): readonly UnmatchedGroup[] {
  // Each reason that a mask is none names its file: they are one group by what is wrong.
  const groups = new Map<
    string,
    { readonly detail: string; readonly names: string[]; readonly mend: readonly Mend[] }
  >();
  for (const { path, code, reason } of skipped) {
    const known = code.startsWith("MASK_") && isProblemCode(code) ? PROBLEMS[code] : null;
    const told = known?.title ?? null;
    const key = told ?? reason;
    const group = groups.get(key) ?? {
      detail: told ?? `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`,
      names: [],
      // What changes the recipe helps here too; what leads to this list does not.
      mend: [...(known?.mend ?? [])].filter(({ action }) => action.do === "setRecipe"),
    };
    group.names.push(told === null ? path : `${path}: ${reason}`);
    groups.set(key, group);
  }
  const unread = Array.from(groups.values(), (group) => ({ title: "Files that are left out", ...group })); // prettier-ignore
  return [...unread, ...unmatched].sort((a, b) => b.names.length - a.names.length);
}
