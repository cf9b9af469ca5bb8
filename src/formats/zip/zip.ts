// Opens a zip without unpacking it: an index from the central directory, and entries read on demand.
import type { Problem } from "../../base/problem";
import { err, ok, type Result } from "../../base/result";
import { problem } from "../../spec/problems";
import { BOMB_BYTES, BOMB_RATIO } from "../archive/fault";
import { numberDoubles } from "../archive/stretches";
import { note, readDirectory, type PassedOver, type ZipColumns } from "./directory";
import { findEndRecord, viewOf } from "./endRecord";
import { DEFLATE, methodName, STORED } from "./methods";
import { readEntry } from "./readEntry";

export interface ZipArchive {
  /** Paths with forward slashes; every name once. */
  readonly names: readonly string[];
  readonly sizes: Float64Array;
  readonly crcs: Uint32Array;
  /** What was passed over or renamed. */
  readonly problems: readonly Problem[];
  read(entry: number): Promise<Result<Blob, Problem>>;
}

/** True when two entries share bytes, or one reaches into the directory (Fifield 2019). */
function overlaps(columns: ZipColumns, directory: number): boolean {
  const { offsets, packed, nameBytes, count } = columns;
  const order = Uint32Array.from({ length: count }, (_, i) => i).sort(
    (a, b) => (offsets[a] as number) - (offsets[b] as number),
  );
  for (let i = 0; i < count; i += 1) {
    const entry = order[i] as number;
    const end = (offsets[entry] as number) + 30 + (nameBytes[entry] as number) + (packed[entry] as number);
    const next = i + 1 < count ? (offsets[order[i + 1] as number] as number) : directory;
    if (end > next) return true;
  }
  return false;
}

function sum(values: Float64Array, count: number): number {
  let total = 0;
  for (let i = 0; i < count; i += 1) total += values[i] as number;
  return total;
}

/** Which entries cannot be read at all: locked ones, and methods other than stored and deflate. */
function unreadable(columns: ZipColumns): Problem[] {
  const locked: string[] = [];
  const methods = new Map<string, string[]>();
  for (let i = 0; i < columns.count; i += 1) {
    const name = columns.names[i] as string;
    const method = columns.methods[i] as number;
    if ((columns.flags[i] as number) & 1) locked.push(name);
    else if (method !== STORED && method !== DEFLATE) note(methods, methodName(method), name);
  }
  const problems = [...methods].map(([name, items]) =>
    problem("ZIP_METHOD", { detail: `They are packed with ${name}; pack them again as an ordinary zip.`, items }),
  );
  if (locked.length > 0) problems.unshift(problem("ZIP_ENCRYPTED", { items: locked }));
  return problems;
}

const notes = (passedOver: PassedOver): Problem[] => [...passedOver].map(([code, items]) => problem(code, { items }));

/** The archive's index, or why it is refused: not a zip, cut off, a bomb, overlapping, locked, of a foreign method. */
export async function openZip(blob: Blob): Promise<Result<ZipArchive, Problem>> {
  const end = await findEndRecord(blob);
  if (!end.ok) return end;
  const { directory, directoryBytes } = end.value;
  const read = readDirectory(await viewOf(blob, directory, directory + directoryBytes), end.value);
  if (read === null) return err(problem("ZIP_BAD"));
  const { columns, passedOver } = read;
  if (columns.count === 0) {
    const first = notes(passedOver)[0];
    return err(first === undefined ? problem("ZIP_EMPTY") : { ...first, severity: "error" });
  }
  if (overlaps(columns, directory)) return err(problem("ZIP_OVERLAP"));
  const total = sum(columns.sizes, columns.count);
  if (total > BOMB_BYTES && total > BOMB_RATIO * sum(columns.packed, columns.count)) return err(problem("ZIP_BOMB"));
  const bad = unreadable(columns);
  const firstBad = bad[0];
  const badCount = bad.reduce((count, { total }) => count + total, 0);
  if (firstBad !== undefined && badCount === columns.count) return err(firstBad);
  const doubles = numberDoubles(columns.names);
  return ok({
    names: columns.names,
    sizes: columns.sizes.subarray(0, columns.count),
    crcs: columns.crcs.subarray(0, columns.count),
    problems: [
      ...notes(passedOver),
      ...bad.map((one): Problem => ({ ...one, severity: "warning" })),
      ...(doubles.length > 0 ? [problem("ZIP_DUP_NAME", { items: doubles })] : []),
    ],
    read: (entry) => readEntry(blob, columns, entry),
  });
}
