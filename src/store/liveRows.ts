// Keeps a line of at most 1,500 points while it grows, without losing its peaks.
import type { BatchRow } from "../spec/run";

export const MAX_POINTS = 1500;

/** The rows with the smallest and the largest loss of every bucket, in order: half of the points, all of the envelope. */
export function thinRows(rows: readonly BatchRow[], most: number): BatchRow[] {
  if (rows.length <= most) return [...rows];
  const buckets = Math.max(1, Math.floor((most - 2) / 2));
  const inner = rows.slice(1, -1);
  const kept: BatchRow[] = [];
  for (let b = 0; b < buckets; b += 1) {
    const bucket = inner.slice(
      Math.floor((b * inner.length) / buckets),
      Math.floor(((b + 1) * inner.length) / buckets),
    );
    let low = bucket[0];
    let high = bucket[0];
    for (const row of bucket) {
      if (low === undefined || row.loss < low.loss) low = row;
      if (high === undefined || row.loss > high.loss) high = row;
    }
    if (low === undefined || high === undefined) continue;
    if (low === high) kept.push(low);
    else kept.push(...(low.step < high.step ? [low, high] : [high, low]));
  }
  const first = rows[0];
  const last = rows[rows.length - 1];
  return [...(first ? [first] : []), ...kept, ...(last ? [last] : [])];
}

/** Appends rows (those that go back in time replace what came after them), halving the line whenever it grows too long. */
export function appendRows(line: readonly BatchRow[], rows: readonly BatchRow[]): BatchRow[] {
  const start = rows[0]?.step;
  if (start === undefined) return [...line];
  const before = (line[line.length - 1]?.step ?? -1) < start ? line : line.filter((row) => row.step < start);
  const joined = [...before, ...rows];
  return joined.length > MAX_POINTS ? thinRows(joined, MAX_POINTS / 2) : joined;
}
