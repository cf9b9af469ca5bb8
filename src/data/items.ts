// Finds the items of a recipe in a source: every picture of a folder, or one picture a row of a table.
import type { Problem } from "../base/problem";
import { err, ok, type Result } from "../base/result";
import { problem } from "../spec/problems";
import type { ItemsSpec } from "../spec/recipe";
import { asFolder, type Items } from "./itemList";
import { seriesItems } from "./seriesItems";
import type { FileIndex } from "./sources/fileIndex";
import { findTable, type Tables } from "./tables";
import { textColumn, textFiles } from "./textItems";

/** What items of pictures have in common. */
function pictures(index: FileIndex, files: Int32Array): Pick<Items, "files" | "series" | "texts" | "path"> {
  return { files, series: null, texts: null, path: (item) => index.paths[files[item] as number] as string };
}

const shown = (text: string): string => (text.length > 120 ? `${text.slice(0, 117)}…` : text);

function fromFiles(index: FileIndex, folder: string): Result<Items, Problem> {
  const prefix = asFolder(folder);
  const files = index.images.filter((file) => (index.paths[file] as string).startsWith(prefix));
  if (files.length === 0) return err(problem("ITEMS_NONE", { items: [folder] }));
  return ok({ ...pictures(index, files), rows: null, table: null, again: [], problems: [] });
}

/** True for values that point outside of the folder or are no path at all. */
const isOutside = (value: string): boolean =>
  value.startsWith("/") || value.startsWith("\\") || /^[A-Za-z]:/.test(value) || value.split(/[/\\]/).includes("..");

/** Finds files by path, and where that fails by a path that differs in case or slashes only. */
export function fileFinder(index: FileIndex): (path: string) => number {
  let folded: Map<string, number> | null = null;
  return (path) => {
    const exact = index.find(path);
    if (exact >= 0) return exact;
    folded ??= new Map(Array.from(index.images, (file) => [fold(index.paths[file] as string), file]));
    return folded.get(fold(path)) ?? -1;
  };
}

const fold = (path: string): string =>
  path
    .replace(/[\\/]+/g, "/")
    .replace(/^(\.\/)+/, "")
    .replace(/\/(\.\/)+/g, "/")
    .normalize("NFC")
    .toLowerCase();

async function fromTable(
  index: FileIndex,
  tables: Tables,
  spec: Extract<ItemsSpec, { kind: "csvColumn" }>,
): Promise<Result<Items, Problem>> {
  const found = findTable(index, spec.file);
  if (found === null) return err(problem("CSV_NOT_FOUND", { items: [spec.file] }));
  const loaded = await tables.load(found.file);
  if (!loaded.ok) return loaded;
  const table = loaded.value;
  const column = table.columns.indexOf(spec.column);
  if (column < 0) return err(problem("CSV_COLUMN", { items: [spec.column] }));
  const prefix = found.base + asFolder(spec.folder);
  const find = fileFinder(index);
  const files: number[] = [];
  const rows: number[] = [];
  const again: [number, number][] = [];
  const missing: string[] = [];
  const outside: string[] = [];
  const itemOf = new Map<number, number>();
  for (const [row, fields] of table.rows.entries()) {
    const value = (fields[column] as string).trim();
    if (isOutside(value)) {
      outside.push(shown(value));
      continue;
    }
    const file = find(prefix + value + spec.suffix);
    const item = itemOf.get(file);
    if (file < 0) missing.push(shown(value));
    else if (item !== undefined) again.push([item, row]);
    else {
      itemOf.set(file, files.length);
      files.push(file);
      rows.push(row);
    }
  }
  if (files.length === 0) return err(problem("ITEMS_NONE", { items: missing, total: missing.length }));
  const problems = [...table.problems];
  if (missing.length > 0)
    problems.push(
      problem("CSV_FILES_MISSING", {
        detail: `${files.length} of the ${table.rows.length} rows have their picture; the other rows are left out.`,
        items: missing,
      }),
    );
  if (outside.length > 0) problems.push(problem("CSV_PATH", { items: outside }));
  return ok({
    ...pictures(index, Int32Array.from(files)),
    rows: Int32Array.from(rows),
    table,
    again,
    missing,
    problems,
  });
}

/** The items of the recipe, in the order of the table or in natural path order. */
export async function findItems(index: FileIndex, tables: Tables, spec: ItemsSpec): Promise<Result<Items, Problem>> {
  switch (spec.kind) {
    case "files":
      return fromFiles(index, spec.folder);
    case "csvColumn":
      return fromTable(index, tables, spec);
    case "series":
      return seriesItems(index, spec);
    case "textFiles":
      return textFiles(index, spec.folder);
    case "textColumn":
      return textColumn(index, tables, spec);
  }
}
