// Labels a series by the class that stands in its own row.
import { err, ok } from "../../base/result";
import { problem } from "../../spec/problems";
import type { LabelerOf } from "./labeler";

/** The class as it is written: 1, -1, walking. */
export const rowClass: LabelerOf<"rowClass"> = {
  id: "rowClass",
  label: "the class in the row",
  help: "Each row of a table of series holds its class at its beginning or end.",
  answers: "labels",
  items: ["series"],
  fields: [],
  run: async (_spec, { items }) => {
    if (items.series === null) return err(problem("LABELS_ITEMS"));
    const of = items.series.classes.map((name) => (name === null ? null : [name]));
    const missing = of.flatMap((one, item) => (one === null ? [items.path(item)] : []));
    const problems = missing.length > 0 ? [problem("LABEL_MISSING", { items: missing })] : [];
    return ok({ answers: { kind: "labels", of }, problems });
  },
};
