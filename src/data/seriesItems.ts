// Items that are rows of numbers: series, one a row of one or several files.
import type { Problem } from "../base/problem";
import { err, ok, type Result } from "../base/result";
import { readSeries } from "../formats/series/readSeries";
import { problem } from "../spec/problems";
import type { ItemsSpec } from "../spec/recipe";
import type { Items } from "./itemList";
import type { FileIndex } from "./sources/fileIndex";
import { findFile, readText } from "./sources/readText";
import { usualLength } from "./usualLength";

/** Every row of the files; rows of another length, and rows with a gap, are left out and named. */
export async function seriesItems(
  index: FileIndex,
  spec: Extract<ItemsSpec, { kind: "series" }>,
): Promise<Result<Items, Problem>> {
  const files: number[] = [];
  const lines: number[] = [];
  const values: Float32Array[] = [];
  const classes: (string | null)[] = [];
  const broken: string[] = [];
  const empty: string[] = [];
  for (const name of spec.files) {
    const file = findFile(index, name);
    if (file < 0) return err(problem("CSV_NOT_FOUND", { items: [name] }));
    const text = await readText(index, file);
    if (!text.ok) return text;
    const found = readSeries(text.value, spec.label);
    if (found.rows.length + found.broken.length === 0) empty.push(index.paths[file] as string);
    for (const line of found.broken) broken.push(`${index.paths[file] as string}, line ${line}`);
    for (const row of found.rows) {
      files.push(file);
      lines.push(row.line);
      values.push(row.values);
      classes.push(row.label);
    }
  }
  const length = usualLength(values.map((own) => own.length));
  const pathOf = (i: number): string => `${index.paths[files[i] as number] as string}#${lines[i] as number}`;
  const kept = values.flatMap((own, i) => (own.length === length ? [i] : []));
  const odd = values.flatMap((own, i) => (own.length === length ? [] : [`${pathOf(i)}: ${own.length} numbers`]));
  if (kept.length === 0) return err(problem("ITEMS_NONE", { items: spec.files.length > 0 ? spec.files : ["series"] }));
  const problems: Problem[] = [];
  if (odd.length > 0)
    problems.push(problem("SERIES_LENGTH", { items: odd, detail: `Most have ${length} numbers; the others are left out.` })); // prettier-ignore
  if (empty.length > 0) problems.push(problem("SERIES_EMPTY", { items: empty }));
  if (broken.length > 0) problems.push(problem("SERIES_GAPS", { items: broken }));
  return ok({
    files: Int32Array.from(kept, (i) => files[i] as number),
    rows: null,
    table: null,
    again: [],
    series: { values: kept.map((i) => values[i] as Float32Array), classes: kept.map((i) => classes[i] ?? null) },
    texts: null,
    path: (item) => pathOf(kept[item] as number),
    problems,
  });
}
