// Items that are rows of numbers: series, one a row of one or several files.
import type { Problem } from "../base/problem";
import { err, ok, type Result } from "../base/result";
import { readSeries } from "../formats/series/readSeries";
import { problem } from "../spec/problems";
import type { ItemsSpec } from "../spec/recipe";
import type { Items } from "./itemList";
import type { FileIndex } from "./sources/fileIndex";
import { resizeSeries } from "./series/resizeSeries";
import { findFile, readText } from "./sources/readText";
import { usualLength } from "./usualLength";

type SeriesSpec = Extract<ItemsSpec, { kind: "series" }>;

/** What is said of series of another length, with the button that resizes them. */
function lengthProblem(spec: SeriesSpec, length: number, items: string[], longer: boolean): Problem {
  const showItems = { label: "Show them", action: { do: "showItems" } } as const;
  if (spec.otherLengths !== undefined) {
    const { otherLengths: _how, ...value } = spec;
    const leave = { label: "Leave them out", action: { do: "setRecipe", path: "data.items", value } } as const;
    const detail = `Each now has ${length} numbers; how is said under Items.`;
    return problem("SERIES_RESIZED", { items, detail, mend: [leave, showItems] });
  }
  // Means keep what lies between where all are longer; where some are shorter they would be stairs.
  const value: SeriesSpec = { ...spec, otherLengths: longer ? "paa" : "linear", length };
  return problem("SERIES_LENGTH", {
    items,
    detail: `Most have ${length} numbers; the others are left out.`,
    mend: [
      { label: `Resize them to ${length} numbers`, action: { do: "setRecipe", path: "data.items", value } },
      showItems,
    ],
  });
}

/** Every row of the files; rows of another length are left out or resized, rows with a gap left out, and all are named. */
export async function seriesItems(index: FileIndex, spec: SeriesSpec): Promise<Result<Items, Problem>> {
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
  const length = spec.length ?? usualLength(values.map((own) => own.length));
  const { otherLengths } = spec;
  const pathOf = (i: number): string => `${index.paths[files[i] as number] as string}#${lines[i] as number}`;
  const others = values.flatMap((own, i) => (own.length === length ? [] : [i]));
  const kept = values.flatMap((own, i) => (own.length === length || otherLengths !== undefined ? [i] : []));
  if (kept.length === 0) return err(problem("ITEMS_NONE", { items: spec.files.length > 0 ? spec.files : ["series"] }));
  const problems: Problem[] = [];
  if (others.length > 0) {
    const named = others.map((i) => `${pathOf(i)}: ${(values[i] as Float32Array).length} numbers`);
    const longer = others.every((i) => (values[i] as Float32Array).length > length);
    problems.push(lengthProblem(spec, length, named, longer));
  }
  if (empty.length > 0) problems.push(problem("SERIES_EMPTY", { items: empty }));
  if (broken.length > 0) problems.push(problem("SERIES_GAPS", { items: broken }));
  return ok({
    files: Int32Array.from(kept, (i) => files[i] as number),
    rows: null,
    table: null,
    again: [],
    series: {
      values: kept.map((i) => resizeSeries(values[i] as Float32Array, length, otherLengths ?? "linear")),
      classes: kept.map((i) => classes[i] ?? null),
    },
    texts: null,
    path: (item) => pathOf(kept[item] as number),
    problems,
  });
}
