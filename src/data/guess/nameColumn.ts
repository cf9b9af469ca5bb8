// Finds the column of a table that names pictures, and where those pictures lie.
import type { Table } from "../../formats/csv/csv";
import type { FileIndex } from "../sources/fileIndex";

export interface NameColumn {
  readonly column: number;
  /** Folder below the table's own folder, without a slash at its end. */
  readonly folder: string;
  readonly suffix: string;
  /** Share of the sampled rows whose picture is there. */
  readonly share: number;
  /** Rows of the whole table whose picture is there. */
  readonly matched: number;
}

const SAMPLED = 200;

/** Every so many rows, spread over the table. */
function sampleRows(count: number): number[] {
  const step = Math.max(1, Math.floor(count / SAMPLED));
  return Array.from({ length: Math.min(count, SAMPLED) }, (_, i) => i * step);
}

/** Pictures by file name, with and without ending. */
export function picturesByName(index: FileIndex): Map<string, number[]> {
  const byName = new Map<string, number[]>();
  const add = (name: string, file: number): void => {
    const files = byName.get(name);
    if (files === undefined) byName.set(name, [file]);
    else files.push(file);
  };
  for (const file of index.images) {
    const path = index.paths[file] as string;
    const name = path.slice(path.lastIndexOf("/") + 1);
    add(name, file);
    const stem = name.replace(/\.[^.]*$/, "");
    if (stem !== name) add(stem, file);
  }
  return byName;
}

/** Folder and suffix with which a value becomes the path of a picture, or null. */
function placeOf(path: string, base: string, value: string): string | null {
  if (!path.startsWith(base)) return null;
  const below = path.slice(base.length);
  const at = below.lastIndexOf(value);
  if (at < 0 || (at > 0 && below[at - 1] !== "/")) return null;
  const suffix = below.slice(at + value.length);
  if (suffix.includes("/") || (suffix !== "" && !suffix.startsWith("."))) return null;
  return `${below.slice(0, Math.max(0, at - 1))}\n${suffix}`;
}

/** The best naming column of a table that lies at `base`, or null where no column names pictures. */
export function findNameColumn(
  index: FileIndex,
  byName: ReadonlyMap<string, readonly number[]>,
  table: Table,
  base: string,
): NameColumn | null {
  const rows = sampleRows(table.rows.length);
  let best: NameColumn | null = null;
  for (let column = 0; column < Math.min(table.columns.length, 64); column += 1) {
    const places = new Map<string, number>();
    const distinct = new Set<string>();
    for (const row of rows) {
      const value = (table.rows[row]?.[column] ?? "")
        .trim()
        .replaceAll("\\", "/")
        .replace(/^(\.\/)+/, "");
      if (value === "") continue;
      distinct.add(value);
      const files = byName.get(value.slice(value.lastIndexOf("/") + 1)) ?? [];
      const own = new Set(files.map((file) => placeOf(index.paths[file] as string, base, value)));
      for (const place of own) if (place !== null) places.set(place, (places.get(place) ?? 0) + 1);
    }
    if (distinct.size < 0.5 * rows.length) continue;
    for (const [place, count] of places) {
      const share = count / rows.length;
      if (share < 0.3 || (best !== null && share <= best.share)) continue;
      const [folder = "", suffix = ""] = place.split("\n");
      best = { column, folder, suffix, share, matched: 0 };
    }
  }
  if (best === null) return null;
  const { column, folder, suffix } = best;
  const prefix = base + (folder === "" ? "" : `${folder}/`);
  const matched = new Set(table.rows.map((row) => index.find(prefix + (row[column] ?? "").trim() + suffix)));
  matched.delete(-1);
  return { ...best, matched: matched.size };
}
