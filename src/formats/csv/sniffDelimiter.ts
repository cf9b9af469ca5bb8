// Guesses what separates the columns of a table.
import { splitRows } from "./splitRows";

export const DELIMITERS = [",", ";", "\t", "|"] as const;
const SNIFFED_ROWS = 50;

/** How many of the rows agree on a number of columns above one, times that number (capped: a few columns suffice). */
function agreement(text: string, delimiter: string): number {
  const widths = splitRows(text, delimiter, SNIFFED_ROWS).rows.map((row) => row.length);
  const counts = new Map<number, number>();
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
  let best = 0;
  for (const [width, count] of counts)
    if (width > 1) best = Math.max(best, (count / widths.length) * (1 + Math.min(width, 8) / 100));
  return best;
}

/** The delimiter on which the first 50 rows agree best; a comma where there is only one column. */
export function sniffDelimiter(text: string): string {
  const head = text.slice(0, 1 << 18);
  const header = /^[^\r\n]*/.exec(head)?.[0] ?? "";
  let best: string = ",";
  let bestScore = 0;
  for (const delimiter of DELIMITERS) {
    if (!header.includes(delimiter)) continue;
    const score = agreement(head, delimiter);
    if (score > bestScore) [best, bestScore] = [delimiter, score];
  }
  return best;
}
