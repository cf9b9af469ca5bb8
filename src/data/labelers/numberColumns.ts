// Numbers from columns of a table, for points and for regression; rows with a gap or without a number are left out.
import type { Problem } from "../../base/problem";
import { err, ok, type Result } from "../../base/result";
import type { Table } from "../../formats/csv/csv";
import { problem } from "../../spec/problems";
import { itemPath, type LabelContext } from "./labeler";
import { rowsOfItems } from "./tableRows";

interface NumbersSpec {
  readonly columns: readonly string[];
  readonly file?: string | undefined;
  readonly nameColumn?: string | undefined;
}

export interface NumbersOfItems {
  readonly of: readonly (Float32Array | null)[];
  readonly columns: readonly string[];
  readonly problems: readonly Problem[];
}

/** The number in a cell, or NaN for a gap, a word, an infinity, or what a float of four bytes cannot hold. */
export function numberOfCell(cell: string): number {
  const text = cell.trim();
  const value = text === "" ? Number.NaN : Number(text);
  return Number.isFinite(Math.fround(value)) ? value : Number.NaN;
}

/** Rows that are looked at to see what a column holds. */
const LOOKED = 200;

/** Whether most cells of a column are numbers: one gap must not hide it. */
function isNumeric({ rows }: Table, at: number): boolean {
  const some = rows.slice(0, LOOKED);
  return some.filter((row) => !Number.isNaN(numberOfCell(row[at] ?? ""))).length > some.length / 2;
}

/** The numbers of each item; without named columns all columns of numbers but the naming one. */
export async function numbersOfItems(
  spec: NumbersSpec,
  context: LabelContext,
): Promise<Result<NumbersOfItems, Problem>> {
  const found = await rowsOfItems(spec, context);
  if (!found.ok) return found;
  const { table, rows, nameColumn } = found.value;
  const all = table.columns.filter((_column, at) => at !== nameColumn && isNumeric(table, at));
  const columns = spec.columns.length > 0 ? spec.columns : all;
  const places = columns.map((column) => table.columns.indexOf(column));
  const absent = columns.filter((_, i) => places[i] === -1);
  if (absent.length > 0 || columns.length === 0) return err(problem("CSV_COLUMN", { items: absent }));
  const blank: string[] = [];
  const broken: string[] = [];
  const of = rows.map(([row], item): Float32Array | null => {
    if (row === undefined) {
      blank.push(itemPath(context, item));
      return null;
    }
    const values = Float32Array.from(places, (at) => numberOfCell(table.rows[row]?.[at] ?? ""));
    if (!values.some(Number.isNaN)) return values;
    broken.push(`${itemPath(context, item)}, line ${table.lines[row] ?? row + 1}`);
    return null;
  });
  const problems = [...found.value.problems];
  if (blank.length > 0) problems.push(problem("LABEL_MISSING", { items: blank }));
  if (broken.length > 0) problems.push(problem("TABLE_NUMBERS", { items: broken }));
  return ok({ of, columns, problems });
}
