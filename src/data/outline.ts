// What lies in a source, in short.
import type { SourceOutline } from "../spec/dataReport";
import type { FileIndex } from "./sources/fileIndex";
import type { Tables } from "./tables";

const SHOWN = 200;
const SAMPLED = 60;
const TABLES_READ = 8;

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

/** Every so many of a list. */
function spread<T>(all: readonly T[], count: number): T[] {
  const step = Math.max(1, Math.floor(all.length / count));
  return all.filter((_, i) => i % step === 0).slice(0, count);
}

/** Folders, tables and texts by name, the tables' columns, and some paths. */
export async function outline(index: FileIndex, tables: Tables): Promise<SourceOutline> {
  const folders = new Set<string>([""]);
  const texts: string[] = [];
  for (const path of index.paths) {
    const folder = folderOf(path);
    if (folders.size < SHOWN) folders.add(folder);
    if (texts.length < SHOWN && /\.(txt|cal|ts|arff)$/i.test(path)) texts.push(path);
  }
  const columns = new Set<string>();
  const named = Array.from(index.tables, (file) => index.paths[file] as string);
  for (const file of index.tables.subarray(0, TABLES_READ)) {
    const table = await tables.load(file);
    if (table.ok && table.value.columns.length <= 400) for (const column of table.value.columns) columns.add(column);
  }
  const pictures = Array.from(index.images, (file) => index.paths[file] as string);
  return {
    folders: [...folders],
    files: [...named, ...texts].slice(0, SHOWN),
    columns: [...columns],
    paths: spread(pictures.length > 0 ? pictures : texts, SAMPLED),
  };
}
