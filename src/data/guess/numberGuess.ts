// Guesses that the columns of a table beside the pictures' names are points, or numbers to predict.
import type { Table } from "../../formats/csv/csv";
import type { Guess } from "../../spec/dataReport";
import { numberOfCell } from "../labelers/numberColumns";
import type { FileIndex } from "../sources/fileIndex";
import type { NameColumn } from "./nameColumn";
import { listOrRandom } from "./paths";
import { mirroring } from "./mirroring";
import { many } from "./words";

const ROWS = 200;
const MOST_NUMBERS = 8;

/** Columns nearly all of whose cells are numbers, and that are no running number. */
function numericColumns(table: Table, except: number): string[] {
  const rows = table.rows.slice(0, ROWS);
  return table.columns.filter((column, at) => {
    if (at === except || /^(id|index|unnamed.*)$/i.test(column)) return false;
    return rows.filter((row) => !Number.isNaN(numberOfCell(row[at] ?? ""))).length > 0.9 * rows.length;
  });
}

/** Whether columns are called x and y. */
export const isPair = (columns: readonly string[]): boolean =>
  columns.some((name) => /(^|[^a-z])x\d*$/i.test(name)) && columns.some((name) => /(^|[^a-z])y\d*$/i.test(name));

/** What is measured and not sorted into classes. */
const QUANTITY = /^(age|years?|price|cost|income|score|rating|weight|height|length|width|depth|area|volume|angle|yaw|pitch|roll|temperature|speed|distance|time|duration|count|number|value)s?([_ ].*)?$/i; // prettier-ignore

/** Whether a column holds a quantity, by its name or by numbers with a point: few different ages are no classes. */
function isQuantity(table: Table, column: string): boolean {
  if (QUANTITY.test(column)) return true;
  const at = table.columns.indexOf(column);
  const rows = table.rows.slice(0, ROWS);
  return rows.filter((row) => /^-?\d*\.\d*[1-9]/.test((row[at] ?? "").trim())).length > rows.length / 2;
}

/** Whether all of the columns hold quantities. */
export const isMeasured = (table: Table, columns: readonly string[]): boolean =>
  columns.every((column) => isQuantity(table, column));

/** Smallest and largest number of some columns, and a tenth of the way between them as room on both sides. */
function rangeOf(table: Table, columns: readonly string[]): readonly [number, number] | null {
  const places = columns.map((column) => table.columns.indexOf(column));
  let [low, high] = [Infinity, -Infinity];
  for (const row of table.rows)
    for (const at of places) {
      const value = numberOfCell(row[at] ?? "");
      if (Number.isNaN(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  const room = (high - low) / 10;
  return high > low ? [Number((low - room).toPrecision(4)), Number((high + room).toPrecision(4))] : null;
}

/** A guess of points or of numbers, or null; `base` is the folder that the table lies in. */
export function numberGuess(index: FileIndex, table: Table, path: string, names: NameColumn): Guess | null {
  const columns = numericColumns(table, names.column);
  const points = columns.length % 2 === 0 && (isPair(columns) || columns.length > MOST_NUMBERS);
  if (columns.length === 0 || (!points && columns.length > MOST_NUMBERS)) return null;
  const base = path.slice(0, path.lastIndexOf("/") + 1);
  const folder = base + names.folder;
  const { split, evidence } = listOrRandom(index);
  const name = table.columns[names.column] as string;
  const everything = columns.length === table.columns.length - 1;
  const common = {
    evidence: [
      `The column ${name} names the pictures${folder === "" ? "" : ` in ${folder}`}.`,
      points ? `The other ${columns.length} columns are pairs of numbers.` : `The columns ${columns.join(", ")} hold numbers.`, // prettier-ignore
      evidence,
      ...(points ? mirroring(columns.length / 2).evidence : []),
    ],
    score: 0.9 * names.share * (0.5 + 0.5 * Math.min(1, names.matched / Math.max(1, index.images.length))),
  };
  const items = { kind: "csvColumn", file: path, column: name, folder, suffix: names.suffix } as const;
  if (points)
    return {
      ...common,
      id: `points:${path}`,
      task: "points",
      title: `Looks like points on pictures by the table ${path}: ${many(columns.length / 2, "point")}, ${many(names.matched, "image")}.`,
      data: {
        items,
        labels: { kind: "pointColumns", columns: everything ? [] : columns, order: "xy" },
        split,
        ...mirroring(columns.length / 2).data,
      },
    };
  const yRange = rangeOf(table, columns);
  return {
    ...common,
    score: isMeasured(table, columns) ? Math.min(0.99, common.score + 0.09) : common.score,
    ...(yRange && { yRange }),
    id: `numbers:${path}`,
    task: "regression",
    title: `Looks like numbers to predict by the table ${path}: ${columns.join(", ")} of ${many(names.matched, "image")}.`,
    data: { items, labels: { kind: "floatColumns", columns }, split },
  };
}
