// What is not used, as one list of groups: files that cannot be read by reason, and what has no partner.
import type { UnmatchedGroup } from "../spec/dataLook";
import type { SkippedItem } from "../spec/dataReport";

/** The largest group first. */
export function leftOutGroups(
  skipped: readonly SkippedItem[],
  unmatched: readonly UnmatchedGroup[],
): readonly UnmatchedGroup[] {
  const byReason = new Map<string, string[]>();
  for (const { path, reason } of skipped) {
    const known = byReason.get(reason);
    if (known) known.push(path);
    else byReason.set(reason, [path]);
  }
  const unread = [...byReason].map(([reason, names]) => ({
    title: "Files that are left out",
    detail: `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`,
    names,
    mend: [],
  }));
  return [...unread, ...unmatched].sort((a, b) => b.names.length - a.names.length);
}
