// What is not used, as one list of groups: files that cannot be read by reason, and what has no partner.
import type { UnmatchedGroup } from "../spec/dataLook";
import type { SkippedItem } from "../spec/dataReport";
import { isProblemCode, PROBLEMS } from "../spec/problems";

/** The largest group first. */
export function leftOutGroups(
  skipped: readonly SkippedItem[],
  unmatched: readonly UnmatchedGroup[],
): readonly UnmatchedGroup[] {
  // Each reason that a mask is none names its file: they are one group by what is wrong.
  const groups = new Map<string, { readonly detail: string; readonly names: string[] }>();
  for (const { path, code, reason } of skipped) {
    const told = code.startsWith("MASK_") && isProblemCode(code) ? PROBLEMS[code].title : null;
    const key = told ?? reason;
    const known = groups.get(key) ?? {
      detail: told ?? `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`,
      names: [],
    };
    known.names.push(told === null ? path : `${path}: ${reason}`);
    groups.set(key, known);
  }
  const unread = Array.from(groups.values(), ({ detail, names }) => ({ title: "Files that are left out", detail, names, mend: [] })); // prettier-ignore
  return [...unread, ...unmatched].sort((a, b) => b.names.length - a.names.length);
}
