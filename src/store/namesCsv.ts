// Groups of names as a table to keep.
import type { UnmatchedGroup } from "../spec/dataLook";

// A spreadsheet takes a cell that begins like this for a formula.
const cell = (text: string): string => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

/** One row a name: `what,why,name`. */
export function namesCsv(groups: readonly UnmatchedGroup[]): string {
  const rows = groups.flatMap(({ title, detail, names }) =>
    names.map((name) => [title, detail, name].map(cell).join()),
  );
  return `${["what,why,name", ...rows].join("\n")}\n`;
}
