// Reads a table with a header row: named columns, rows of text, and what is odd about it.
import type { Problem } from "../../base/problem";
import { err, ok, type Result } from "../../base/result";
import { problem } from "../../spec/problems";
import { decodeText } from "./decodeText";
import { sniffDelimiter } from "./sniffDelimiter";
import { splitRows } from "./splitRows";

export interface Table {
  readonly columns: readonly string[];
  /** Every row has as many fields as there are columns. */
  readonly rows: readonly (readonly string[])[];
  /** Line of the file on which each row begins, from 1. */
  readonly lines: readonly number[];
  readonly delimiter: string;
  readonly encoding: string;
  /** Warnings only: the table is usable. */
  readonly problems: readonly Problem[];
}

export interface CsvOptions {
  /** Instead of guessing it. */
  readonly delimiter?: string;
}

const lineNames = (lines: readonly number[]): string[] => lines.map((line) => `line ${line}`);

/** A header that looks like data: a cell of it names a file, or is a plain number. */
function looksLikeData(header: readonly string[], rows: readonly (readonly string[])[]): boolean {
  const isFile = (cell: string) => /\.(jpe?g|png|webp|gif|bmp|avif)$/i.test(cell.trim());
  return header.some((cell, i) => isFile(cell) && rows.slice(0, 5).every((row) => isFile(row[i] ?? "")));
}

/** The header's names: outer blanks removed, and blank ones called after their place. */
function columnNames(header: readonly string[]): { names: string[]; blanks: number } {
  let blanks = 0;
  const names = header.map((cell, i) => {
    const name = cell.trim();
    if (name === "") blanks += 1;
    return name === "" ? `column ${i + 1}` : name;
  });
  return { names, blanks };
}

/** True where the cells after the split are the two halves of numbers like 1,5. */
function hasDecimalCommas(rows: readonly (readonly string[])[]): boolean {
  return rows.slice(0, 50).some((row) => row.some((cell) => /^-?\d+,\d+$/.test(cell.trim())));
}

/** The table in these bytes; refused with the line where a quote never closes, or for what it is instead of a table. */
export function parseCsv(bytes: Uint8Array, options: CsvOptions = {}): Result<Table, Problem> {
  if (bytes.length === 0) return err(problem("CSV_EMPTY"));
  const decoded = decodeText(bytes);
  if (!decoded.ok) return decoded;
  const { text, encoding } = decoded.value;
  if (text.trim() === "") return err(problem("CSV_EMPTY"));
  const delimiter = options.delimiter ?? sniffDelimiter(text);
  const split = splitRows(text, delimiter);
  if (split.openQuote !== null)
    return err(
      problem("CSV_QUOTE", {
        title: `A quote that opens on line ${split.openQuote} never closes.`,
        items: lineNames([split.openQuote]),
      }),
    );
  const header = split.rows[0];
  if (header === undefined) return err(problem("CSV_EMPTY"));
  const problems: Problem[] = [];
  const noHeader = looksLikeData(header, split.rows.slice(1));
  const width = header.length;
  const { names, blanks } = noHeader ? columnNames(header.map(() => "")) : columnNames(header);
  const doubles = names.filter((name, i) => names.indexOf(name) !== i);
  if (doubles.length > 0) return err(problem("CSV_DUP_HEADER", { items: [...new Set(doubles)] }));
  const first = noHeader ? 0 : 1;
  const rows: (readonly string[])[] = [];
  const lines: number[] = [];
  const ragged: number[] = [];
  for (let i = first; i < split.rows.length; i += 1) {
    const row = split.rows[i] as string[];
    const line = split.lines[i] as number;
    if (row.length !== width) ragged.push(line);
    else {
      rows.push(row);
      lines.push(line);
    }
  }
  if (rows.length === 0) return err(problem(ragged.length > 0 ? "CSV_RAGGED_ALL" : "CSV_NO_ROWS"));
  if (encoding === "windows-1252") problems.push(problem("CSV_ENCODING"));
  if (noHeader) problems.push(problem("CSV_NO_HEADER"));
  else if (blanks > 0) problems.push(problem("CSV_BLANK_HEADER"));
  if (ragged.length > 0) problems.push(problem("CSV_RAGGED", { items: lineNames(ragged) }));
  if (split.strayQuotes.length > 0)
    problems.push({ ...problem("CSV_QUOTE", { items: lineNames(split.strayQuotes) }), ...STRAY });
  if (delimiter === ";" && hasDecimalCommas(rows)) problems.push(problem("CSV_DECIMAL_COMMA"));
  return ok({ columns: names, rows, lines, delimiter, encoding, problems });
}

const STRAY = {
  severity: "warning",
  title: "Some fields hold a quote that does not belong there.",
  detail: "It is kept as part of the text.",
} as const;
