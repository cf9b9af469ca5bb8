// The rows of a table that speak of each item: the items' own table, or another one by the pictures' names.
import type { Problem } from "../../base/problem";
import { err, ok, type Result } from "../../base/result";
import type { Table } from "../../formats/csv/csv";
import { problem } from "../../spec/problems";
import { findTable } from "../tables";
import type { LabelContext } from "./labeler";

interface TableSpec {
  readonly file?: string | undefined;
  readonly nameColumn?: string | undefined;
}

export interface TableRows {
  readonly table: Table;
  /** Rows of each item, first one first. */
  readonly rows: readonly (readonly number[])[];
  /** Column that names the items, or −1. */
  readonly nameColumn: number;
  readonly problems: readonly Problem[];
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

/** For each item the rows that speak of it, and the table they stand in. */
export async function rowsOfItems(
  spec: TableSpec,
  { index, tables, items }: LabelContext,
): Promise<Result<TableRows, Problem>> {
  if (items.table !== null && items.rows !== null) {
    const rows = Array.from(items.rows, (row) => [row]);
    for (const [item, row] of items.again) rows[item]?.push(row);
    return ok({ table: items.table, rows, nameColumn: -1, problems: [] });
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
  return ok({ table, rows, nameColumn, problems: table.problems });
}
