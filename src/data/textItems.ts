// Items that are texts: files, or cells of a table.
import type { Problem } from "../base/problem";
import { err, ok, type Result } from "../base/result";
import { problem } from "../spec/problems";
import type { ItemsSpec } from "../spec/recipe";
import { asFolder, type Items } from "./itemList";
import type { FileIndex } from "./sources/fileIndex";
import { readText } from "./sources/readText";
import { findTable, type Tables } from "./tables";

/** Names that text files have which are no items. */
const NOT_AN_ITEM = /(^|\/)(readme|licen[cs]e|codes|valid|classes|vocab|urls_[a-z]+)\.(txt|md)$/i;

/** Every text file below the folder. */
export function textFiles(index: FileIndex, folder: string): Result<Items, Problem> {
  const prefix = asFolder(folder);
  const files = index.paths.flatMap((path, file) =>
    path.startsWith(prefix) && /\.txt$/i.test(path) && !NOT_AN_ITEM.test(path) ? [file] : [],
  );
  if (files.length === 0) return err(problem("ITEMS_NONE", { items: [folder] }));
  return ok({
    files: Int32Array.from(files),
    rows: null,
    table: null,
    again: [],
    series: null,
    texts: (item) => readText(index, files[item] as number),
    path: (item) => index.paths[files[item] as number] as string,
    problems: [],
  });
}

/** One text a row of a table. */
export async function textColumn(
  index: FileIndex,
  tables: Tables,
  spec: Extract<ItemsSpec, { kind: "textColumn" }>,
): Promise<Result<Items, Problem>> {
  const found = findTable(index, spec.file);
  if (found === null) return err(problem("CSV_NOT_FOUND", { items: [spec.file] }));
  const loaded = await tables.load(found.file);
  if (!loaded.ok) return loaded;
  const table = loaded.value;
  const column = table.columns.indexOf(spec.column);
  if (column < 0) return err(problem("CSV_COLUMN", { items: [spec.column] }));
  const rows = table.rows.flatMap((row, i) => ((row[column] ?? "").trim() === "" ? [] : [i]));
  const blank = table.rows.length - rows.length;
  if (rows.length === 0) return err(problem("ITEMS_NONE", { items: [spec.column] }));
  const name = index.paths[found.file] as string;
  return ok({
    files: new Int32Array(rows.length).fill(found.file),
    rows: Int32Array.from(rows),
    table,
    again: [],
    series: null,
    texts: async (item) => ok(table.rows[rows[item] as number]?.[column] ?? ""),
    path: (item) => `${name}#${table.lines[rows[item] as number] ?? 0}`,
    problems: blank > 0 ? [...table.problems, problem("TEXT_BLANK", { total: blank })] : table.problems,
  });
}
