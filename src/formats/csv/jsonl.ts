// JSON Lines: one object a line, as a table whose columns are the objects' keys in the order in which they appear.
import type { Problem } from "../../base/problem";
import { err, ok, type Result } from "../../base/result";
import { problem } from "../../spec/problems";
import type { Table } from "./csv";
import { decodeText } from "./decodeText";

const MAX_COLUMNS = 1000;

/** A value as the text of a cell: lists of plain values with blanks between, anything deeper as JSON. */
function cellOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (Array.isArray(value) && value.every((one) => typeof one !== "object")) return value.map(cellOf).join(" ");
  return JSON.stringify(value);
}

/** The object of a line by key, or null where it is none. */
function recordOf(line: string): Map<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    // Entries and a Map, so that no key is special.
    return typeof value === "object" && value !== null && !Array.isArray(value) ? new Map(Object.entries(value)) : null;
  } catch {
    return null;
  }
}

/** The table in these bytes; lines that are no objects are left out and named. */
export function parseJsonl(bytes: Uint8Array): Result<Table, Problem> {
  if (bytes.length === 0) return err(problem("CSV_EMPTY"));
  const decoded = decodeText(bytes);
  if (!decoded.ok) return decoded;
  const { text, encoding } = decoded.value;
  const columns = new Map<string, number>();
  const records: Map<string, unknown>[] = [];
  const lines: number[] = [];
  const bad: string[] = [];
  for (const [i, line] of text.split(/\r\n|\r|\n/).entries()) {
    if (line.trim() === "") continue;
    const record = recordOf(line);
    if (record === null) {
      bad.push(`line ${i + 1}`);
      continue;
    }
    for (const key of record.keys())
      if (!columns.has(key) && columns.size < MAX_COLUMNS) columns.set(key, columns.size);
    records.push(record);
    lines.push(i + 1);
  }
  if (records.length === 0) return err(problem(bad.length > 0 ? "JSONL_LINES_ALL" : "CSV_EMPTY"));
  const names = [...columns.keys()];
  const rows = records.map((record) => names.map((name) => cellOf(record.get(name))));
  const problems: Problem[] = [];
  if (encoding === "windows-1252") problems.push(problem("CSV_ENCODING"));
  if (bad.length > 0) problems.push(problem("JSONL_LINES", { items: bad }));
  return ok({ columns: names, rows, lines, delimiter: ",", encoding, problems });
}
