// Labels items by a column of a table, whole or split at a delimiter; says which pictures stand there twice.
import { TABLE_FIELDS } from "./fields";
import type { Problem } from "../../base/problem";
import { err, ok } from "../../base/result";
import { splitRows } from "../../formats/csv/splitRows";
import { BLANK } from "../../spec/blockFields";
import { problem } from "../../spec/problems";
import type { LabelsSpec } from "../../spec/recipe";
import { itemPath, type ItemLabels, type LabelerOf } from "./labeler";
import { rowsOfItems } from "./tableRows";

type Spec = Extract<LabelsSpec, { kind: "csvColumn" }>;

/** The labels of one cell; quotes around a label may hide the delimiter. Null for a blank cell. */
export function labelsOfCell(cell: string, delimiter: string | null): ItemLabels | null {
  const text = cell.trim();
  if (text === "") return null;
  if (delimiter === null || delimiter === "") return [text];
  const parts =
    delimiter.length === 1 && text.includes('"') && !text.includes("\n")
      ? (splitRows(text, delimiter).rows[0] ?? [])
      : text.split(delimiter);
  const labels = parts.map((part) => part.trim()).filter((part) => part !== "");
  return labels.length === 0 ? null : [...new Set(labels)].sort();
}

const same = (a: ItemLabels | null, b: ItemLabels | null): boolean => JSON.stringify(a) === JSON.stringify(b);

/** One label or several an item, from its row; two rows that disagree are a conflict, settled as the recipe says. */
export const csvColumn: LabelerOf<"csvColumn"> = {
  id: "csvColumn",
  label: "a table column",
  help: "A column of a table holds the class, or several tags with something between them.",
  answers: "labels",
  fields: [
    ...TABLE_FIELDS,
    {
      kind: "text",
      id: "column",
      label: "Column",
      help: "The column with the labels.",
      default: "label",
      suggest: "columns",
    },
    {
      kind: "choice",
      id: "delimiter",
      label: "Separator",
      help: "What stands between several labels of one item. With a separator, an item may have any number of labels.",
      default: BLANK,
      blank: "null",
      options: [
        { id: BLANK, label: "none: one label a row" },
        { id: " ", label: "␣ space" },
        { id: ",", label: ", comma" },
        { id: ";", label: "; semicolon" },
        { id: "|", label: "| bar" },
      ],
    },
    {
      kind: "choice",
      id: "conflicts",
      label: "If rows differ",
      help: "What happens to a picture that the table names twice with different labels.",
      default: BLANK,
      blank: "absent",
      advanced: true,
      options: [
        { id: BLANK, label: "stop and ask" },
        { id: "first", label: "the first row counts" },
        { id: "leaveOut", label: "leave the picture out" },
      ],
    },
  ],
  run: async (spec, context) => {
    const found = await rowsOfItems(spec, context);
    if (!found.ok) return found;
    const { table, rows } = found.value;
    const column = table.columns.indexOf(spec.column);
    if (column < 0) return err(problem("CSV_COLUMN", { items: [spec.column] }));
    const doubles: string[] = [];
    const conflicts: string[] = [];
    const blank: string[] = [];
    const of = rows.map((own, item): ItemLabels | null => {
      const first = own[0];
      if (first === undefined) {
        blank.push(itemPath(context, item));
        return null;
      }
      const labelsOf = (row: number): ItemLabels | null =>
        labelsOfCell(table.rows[row]?.[column] ?? "", spec.delimiter) ?? (context.multi ? [] : null);
      const labels = labelsOf(first);
      if (own.length > 1) {
        if (own.every((row) => same(labels, labelsOf(row)))) doubles.push(itemPath(context, item));
        else {
          conflicts.push(itemPath(context, item));
          if (spec.conflicts !== "first") return null;
        }
      }
      if (labels === null) blank.push(itemPath(context, item));
      return labels;
    });
    const problems: Problem[] = [...found.value.problems];
    if (conflicts.length > 0) problems.push(conflictProblem(spec, conflicts));
    if (doubles.length > 0) problems.push(problem("CSV_DUPLICATE_ROWS", { items: doubles }));
    if (blank.length > 0) problems.push(problem("LABEL_MISSING", { items: blank }));
    return ok({ answers: { kind: "labels", of }, problems });
  },
};

function conflictProblem(spec: Spec, items: readonly string[]): Problem {
  if (spec.conflicts === undefined) return problem("CSV_CONFLICT", { items });
  const detail = spec.conflicts === "first" ? "The first one is used." : "They are left out.";
  return { ...problem("CSV_CONFLICT", { items, detail }), severity: "warning" };
}
