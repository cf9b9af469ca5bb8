// Judges whether a column of a table holds labels: one a row, or several with a delimiter.
import type { Table } from "../../formats/csv/csv";
import { labelsOfCell } from "../labelers/csvColumn";

export interface LabelColumn {
  readonly column: number;
  /** Null: one label a row. */
  readonly delimiter: string | null;
  readonly classes: readonly string[];
  /** 0 to 1. */
  readonly score: number;
}

const DELIMITERS = [" ", ";", "|", ","] as const;
const NAMES = /^(labels?|tags?|class(es)?|categor(y|ies)|targets?|species|breed|diagnosis|y)$/i;
const ROWS = 2000;

interface Tally {
  readonly classes: readonly string[];
  /** Labels a class. */
  readonly reuse: number;
  readonly perRow: number;
}

function tally(cells: readonly string[], delimiter: string | null): Tally {
  const counts = new Map<string, number>();
  let total = 0;
  for (const cell of cells)
    for (const label of labelsOfCell(cell, delimiter) ?? []) {
      counts.set(label, (counts.get(label) ?? 0) + 1);
      total += 1;
    }
  const classes = [...counts].sort((a, b) => b[1] - a[1]).map(([label]) => label);
  return { classes, reuse: total / Math.max(1, counts.size), perRow: total / Math.max(1, cells.length) };
}

/** True where nearly every cell is a number with a fraction: measurements, not labels. */
const isMeasured = (cells: readonly string[]): boolean =>
  cells.filter((cell) => /^-?\d+[.,]\d+(e[+-]?\d+)?$/i.test(cell.trim())).length > 0.5 * cells.length;

/** How well a column serves as labels; null where it does not. */
export function judgeColumn(table: Table, column: number): LabelColumn | null {
  const cells = table.rows.slice(0, ROWS).map((row) => row[column] ?? "");
  const filled = cells.filter((cell) => cell.trim() !== "");
  if (filled.length < 0.5 * cells.length || filled.some((cell) => cell.length > 2000) || isMeasured(filled))
    return null;
  const whole = tally(filled, null);
  let delimiter: string | null = null;
  let best = whole;
  for (const one of DELIMITERS) {
    const split = tally(filled, one);
    // Several labels a row pay only where parts repeat more than the whole cells do: names with blanks do not.
    if (split.perRow > 1.15 && split.classes.length < whole.classes.length && split.reuse > 2 * best.reuse)
      [best, delimiter] = [split, one];
  }
  if (best.classes.length < 2 || best.reuse < 1.5) return null;
  const crowded = best.classes.length > 200 ? 0.3 : 0;
  const numeric = best.classes.every((label) => /^-?\d+$/.test(label)) && best.classes.length > 20 ? 0.3 : 0;
  const named = NAMES.test(table.columns[column] ?? "") ? 0.1 : 0;
  return { column, delimiter, classes: best.classes, score: 0.75 + named - crowded - numeric };
}

/** The best label column besides the naming one, or null. */
export function findLabelColumn(table: Table, except: number): LabelColumn | null {
  let best: LabelColumn | null = null;
  for (let column = 0; column < Math.min(table.columns.length, 64); column += 1) {
    const judged = column === except ? null : judgeColumn(table, column);
    if (judged !== null && (best === null || judged.score > best.score)) best = judged;
  }
  return best;
}
