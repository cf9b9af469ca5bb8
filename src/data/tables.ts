// The tables of a source, parsed once each.
import type { Problem } from "../base/problem";
import { err, ok, type Result } from "../base/result";
import { parseCsv, type Table } from "../formats/csv/csv";
import { parseJsonl } from "../formats/csv/jsonl";
import { problem } from "../spec/problems";
import type { FileIndex } from "./sources/fileIndex";
import { readBytes } from "./sources/readBytes";

export interface Tables {
  /** The parsed table of a file of the index. */
  load(file: number): Promise<Result<Table, Problem>>;
}

const MAX_BYTES = 512 * 2 ** 20;

/** A cache of parsed tables over an index. */
export function createTables(index: FileIndex): Tables {
  const parsed = new Map<number, Promise<Result<Table, Problem>>>();
  const load = async (file: number): Promise<Result<Table, Problem>> => {
    const path = index.paths[file] as string;
    const blob = await index.read(file);
    if (!blob.ok) return blob;
    if (blob.value.size > MAX_BYTES) return err(problem("CSV_BINARY", { items: [path] }));
    const bytes = await readBytes(blob.value, path);
    if (!bytes.ok) return bytes;
    const table = /\.(jsonl|ndjson)$/i.test(path) ? parseJsonl(bytes.value) : parseCsv(bytes.value);
    const named = (found: Problem): Problem =>
      found.items.length === 0
        ? { ...found, items: [path], total: Math.max(1, found.total) }
        : { ...found, items: found.items.map((item) => `${path}, ${item}`) };
    if (!table.ok) return err(named(table.error));
    return ok({ ...table.value, problems: table.value.problems.map(named) });
  };
  return {
    load(file) {
      const known = parsed.get(file);
      if (known !== undefined) return known;
      const loading = load(file);
      parsed.set(file, loading);
      return loading;
    },
  };
}

/**
 * The file of a table that a recipe names, and the folder that the recipe's paths count from: the table's own place
 * where only its ending fits (`planet/train_v2.csv` for `train_v2.csv`), so that a folder around the data does no harm.
 */
export function findTable(index: FileIndex, name: string): { readonly file: number; readonly base: string } | null {
  const exact = index.find(name);
  if (exact >= 0) return { file: exact, base: "" };
  const fitting = [...index.tables].filter((file) => (index.paths[file] as string).endsWith(`/${name}`));
  const only = fitting.length === 1 ? fitting[0] : undefined;
  if (only === undefined) return null;
  return { file: only, base: (index.paths[only] as string).slice(0, -name.length) };
}
