// Labels items by a column of a table, whole or split at a delimiter; says which pictures stand there twice.
import type { Problem } from "../../base/problem";
import { err, ok, type Result } from "../../base/result";
import type { Table } from "../../formats/csv/csv";
import { splitRows } from "../../formats/csv/splitRows";
import { problem } from "../../spec/problems";
import type { LabelsSpec } from "../../spec/recipe";
import { findTable } from "../tables";
import type { ItemLabels, Labeler, LabelContext, Labels } from "./labeler";

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

/** Rows of a label table by path, by file name and by file name without its ending. */
function rowFinder(table: Table, column: number): (path: string) => number[] {
  const rows = new Map<string, number[]>();
  for (const [row, fields] of table.rows.entries()) {
    const key = (fields[column] as string)
      .trim()
      .replaceAll("\\", "/")
      .replace(/^(\.\/)+/, "");
    const known = rows.get(key);
    if (known === undefined) rows.set(key, [row]);
    else known.push(row);
  }
  return (path) => {
    const name = path.slice(path.lastIndexOf("/") + 1);
    const stem = name.replace(/\.[^.]*$/, "");
    return rows.get(path) ?? rows.get(name) ?? rows.get(stem) ?? [];
  };
}

/** For each item the rows that speak of it, first one first; and the table they stand in. */
async function rowsOfItems(
  spec: Spec,
  { index, tables, items }: LabelContext,
): Promise<
  Result<{ readonly table: Table; readonly rows: readonly number[][]; problems: readonly Problem[] }, Problem>
> {
  if (items.table !== null && items.rows !== null) {
    const rows = Array.from(items.rows, (row) => [row]);
    for (const [item, row] of items.again) rows[item]?.push(row);
    return ok({ table: items.table, rows, problems: [] });
  }
  const found = spec.file === undefined ? null : findTable(index, spec.file);
  if (found === null) return err(problem("CSV_NOT_FOUND", { items: spec.file === undefined ? [] : [spec.file] }));
  const loaded = await tables.load(found.file);
  if (!loaded.ok) return loaded;
  const table = loaded.value;
  const nameColumn = spec.nameColumn === undefined ? 0 : table.columns.indexOf(spec.nameColumn);
  if (nameColumn < 0) return err(problem("CSV_COLUMN", { items: [spec.nameColumn ?? ""] }));
  const find = rowFinder(table, nameColumn);
  const rows = Array.from(items.files, (file) => find(index.paths[file] as string));
  return ok({ table, rows, problems: table.problems });
}

const same = (a: ItemLabels | null, b: ItemLabels | null): boolean => JSON.stringify(a) === JSON.stringify(b);

/** One label or several an item, from its row; two rows that disagree are a conflict, settled as the recipe says. */
export const csvColumn: Labeler<"csvColumn"> = async (spec, context) => {
  const found = await rowsOfItems(spec, context);
  if (!found.ok) return found;
  const { table, rows } = found.value;
  const column = table.columns.indexOf(spec.column);
  if (column < 0) return err(problem("CSV_COLUMN", { items: [spec.column] }));
  const { index, items } = context;
  const pathOf = (item: number): string => index.paths[items.files[item] as number] as string;
  const doubles: string[] = [];
  const conflicts: string[] = [];
  const blank: string[] = [];
  const of = rows.map((own, item): ItemLabels | null => {
    const first = own[0];
    if (first === undefined) {
      blank.push(pathOf(item));
      return null;
    }
    const labelsOf = (row: number): ItemLabels | null =>
      labelsOfCell(table.rows[row]?.[column] ?? "", spec.delimiter) ?? (context.multi ? [] : null);
    const labels = labelsOf(first);
    if (own.length > 1) {
      if (own.every((row) => same(labels, labelsOf(row)))) doubles.push(pathOf(item));
      else {
        conflicts.push(pathOf(item));
        if (spec.conflicts !== "first") return null;
      }
    }
    if (labels === null) blank.push(pathOf(item));
    return labels;
  });
  const problems: Problem[] = [...found.value.problems];
  if (conflicts.length > 0) problems.push(conflictProblem(spec, conflicts));
  if (doubles.length > 0) problems.push(problem("CSV_DUPLICATE_ROWS", { items: doubles }));
  if (blank.length > 0) problems.push(problem("LABEL_MISSING", { items: blank }));
  return ok({ of, problems } satisfies Labels);
};

function conflictProblem(spec: Spec, items: readonly string[]): Problem {
  if (spec.conflicts === undefined) return problem("CSV_CONFLICT", { items });
  const detail = spec.conflicts === "first" ? "The first one is used." : "They are left out.";
  return { ...problem("CSV_CONFLICT", { items, detail }), severity: "warning" };
}
