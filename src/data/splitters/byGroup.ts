// Splits by whole groups, such as persons or videos: no group is in both sets.
import type { Problem } from "../../base/problem";
import { err, ok, type Result } from "../../base/result";
import { problem } from "../../spec/problems";
import type { SplitOf } from "../../spec/splitSpec";
import { TABLE_FIELDS } from "../labelers/fields";
import { compilePattern, groupOf } from "../../spec/pattern";
import { drawGroups } from "./drawGroups";
import { SEED_FIELDS, TRAIN, UNUSED, VALID, type SplitContext, type SplitterOf } from "./splitter";

/** The group of every item; null for items that have none. */
export async function groupsOf(
  spec: Pick<SplitOf<"group">, "by" | "level" | "pattern" | "column" | "file" | "nameColumn">,
  { count, path, index, cells }: Pick<SplitContext, "count" | "path" | "index" | "cells">,
): Promise<Result<readonly (string | null)[], Problem>> {
  const items = Array.from({ length: count }, (_, item) => item);
  if (spec.by === "column") return cells({ ...spec, column: spec.column ?? "" });
  if (spec.by === "folder")
    return ok(items.map((item) => [index.rootName, ...path(item).split("/").slice(0, -1)].at(-spec.level) ?? null));
  const pattern = compilePattern(spec.pattern ?? "");
  if (!pattern.ok) return pattern;
  return ok(items.map((item) => groupOf(pattern.value.exec(path(item)), "group")));
}

/** The named groups validate, or drawn ones; items without a group are left out. */
export const byGroup: SplitterOf<"group"> = {
  id: "group",
  label: "person, video or other group",
  help: "Pictures of one person or one video look alike. They must all train or all validate, or the score flatters.",
  fields: [
    {
      kind: "choice",
      id: "by",
      label: "Group by",
      help: "Where the group of an item stands.",
      default: "folder",
      options: [
        { id: "folder", label: "its folder" },
        { id: "regex", label: "a pattern in the path" },
        { id: "column", label: "a table column" },
      ],
    },
    {
      kind: "number",
      id: "level",
      label: "Levels up",
      help: "1 is the folder that the picture lies in, 2 the one above it.",
      default: 1,
      min: 1,
      max: 16,
      step: 1,
      integer: true,
      when: [{ field: "by", is: ["folder"] }],
    },
    {
      kind: "text",
      id: "pattern",
      label: "Pattern",
      help: "A regular expression; its first group, or its group called group, names the group.",
      default: "",
      blank: "absent",
      when: [{ field: "by", is: ["regex"] }],
    },
    {
      kind: "text",
      id: "column",
      label: "Column",
      help: "The column that names the group.",
      default: "",
      blank: "absent",
      suggest: "columns",
      when: [{ field: "by", is: ["column"] }],
    },
    ...TABLE_FIELDS.map((field) => ({ ...field, when: [...(field.when ?? []), { field: "by", is: ["column"] }] })),
    {
      kind: "list",
      id: "groups",
      label: "Validate on",
      help: "The groups to validate on, with commas between; drawn at random where this is empty.",
      default: [],
      blank: "absent",
    },
    ...SEED_FIELDS,
  ],
  run: async (spec, context) => {
    const found = await groupsOf(spec, context);
    if (!found.ok) return found;
    const counts = new Map<string, number>();
    for (const group of found.value) if (group !== null) counts.set(group, (counts.get(group) ?? 0) + 1);
    if (counts.size < 2) return err(problem("SPLIT_ONE_GROUP", { items: [...counts.keys()] }));
    const named = spec.groups !== undefined && spec.groups.length > 0 ? new Set(spec.groups) : null;
    const unknown = [...(named ?? [])].filter((group) => !counts.has(group));
    const held = named ?? drawGroups(counts, spec.valid, spec.seed);
    const split = new Uint8Array(context.count).fill(UNUSED);
    for (const [item, group] of found.value.entries())
      if (group !== null) split[item] = held.has(group) ? VALID : TRAIN;
    return ok({ split, problems: unknown.length > 0 ? [problem("LIST_UNMATCHED", { items: unknown })] : [] });
  },
};
