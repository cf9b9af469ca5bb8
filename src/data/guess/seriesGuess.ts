// Guesses that tables without a header hold series of numbers, as the UCR archive's do.
import { looksLikeSeries, readSeries } from "../../formats/series/readSeries";
import type { Guess } from "../../spec/dataReport";
import type { Choice, SplitSpec } from "../../spec/recipe";
import type { FileIndex } from "../sources/fileIndex";
import { readText } from "../sources/readText";
import { TRANSFORMS } from "../transforms";
import { defaultsOf } from "../../spec/params";
import { usualLength } from "../usualLength";
import { folderOf, nameOf, RANDOM } from "./paths";
import { many } from "./words";

const TEST = /[_-]?(test|valid|val)(?=\.[^.]+$)/i;
const TRAIN = /[_-]?(train|training)(?=\.[^.]+$)/i;
const HEAD_BYTES = 256 * 1024;
const MAX_FILES = 64;

/** Files that hold series, by folder and by name without `_TRAIN` and `_TEST`. */
async function seriesFiles(index: FileIndex): Promise<Map<string, string[]>> {
  const sets = new Map<string, string[]>();
  const candidates = index.paths.flatMap((path, file) => (/\.(tsv|csv|txt|ts|arff)$/i.test(path) ? [file] : []));
  for (const file of candidates.slice(0, MAX_FILES)) {
    const path = index.paths[file] as string;
    const blob = await index.read(file);
    if (!blob.ok || blob.value.size < 64) continue;
    const head = await blob.value
      .slice(0, HEAD_BYTES)
      .text()
      .catch(() => "");
    if (!looksLikeSeries(blob.value.size > HEAD_BYTES ? head.slice(0, head.lastIndexOf("\n")) : head)) continue;
    const key = `${folderOf(path)}/${nameOf(path).replace(TEST, "").replace(TRAIN, "")}`;
    const own = sets.get(key);
    if (own === undefined) sets.set(key, [path]);
    else own.push(path);
  }
  return sets;
}

/** The first transform that draws series, at its defaults, before the others. */
function drawing(): { transforms?: Choice[]; augment?: Choice[] } {
  const transform = TRANSFORMS.all.find(({ draw }) => draw !== undefined);
  return transform ? { transforms: [{ ...defaultsOf(transform.params), kind: transform.id }], augment: [] } : {};
}

/** Where most series have a length of their own, as gestures and calls have, all become as long as the longest. */
function evened(lengths: readonly number[]): { otherLengths?: "linear"; length?: number } {
  const usual = usualLength(lengths);
  const odd = lengths.filter((own) => own !== usual).length;
  if (odd <= lengths.length / 2) return {};
  return { otherLengths: "linear", length: lengths.reduce((most, own) => Math.max(most, own), 0) };
}

/** One guess for each set of series. */
export async function seriesGuesses(index: FileIndex): Promise<Guess[]> {
  if (index.images.length > 0) return [];
  const guesses: Guess[] = [];
  for (const [key, files] of await seriesFiles(index)) {
    const rows = [];
    for (const path of files) {
      const text = await readText(index, index.find(path));
      if (text.ok) rows.push(...readSeries(text.value, "first").rows);
    }
    const classes = new Set(rows.map(({ label }) => label));
    if (classes.size < 2 || classes.size > rows.length / 2) continue;
    const test = files.find((path) => TEST.test(path));
    const both = test !== undefined && files.length > 1;
    const pattern = both ? nameOf(test).replace(/[.*+?^${}()|[\]\\]/g, "\\$&") : "";
    const split: SplitSpec = both ? { kind: "regex", pattern } : RANDOM;
    const lengths = rows.map(({ values }) => values.length);
    const even = evened(lengths);
    const least = lengths.reduce((low, own) => Math.min(low, own), even.length ?? 0);
    const numbers = even.length === undefined ? `${usualLength(lengths)}` : `${least} to ${even.length}`;
    const name = key.slice(key.lastIndexOf("/") + 1).replace(/\.[^.]*$/, "") || index.rootName;
    guesses.push({
      id: `series:${key}`,
      task: "singleLabel",
      title: `Looks like time series in ${name}: ${many(classes.size, "class", "classes")}, ${many(rows.length, "series", "series")} of ${numbers} numbers.`,
      evidence: [
        `Each row of ${files.map(nameOf).join(" and ")} is a class and a series.`,
        ...(even.length === undefined ? [] : [`They differ in length, so each is resized to ${even.length} numbers.`]),
        both ? `${nameOf(test)} is for validation.` : "20 % are held out at random.",
      ],
      score: 0.9 - 0.001 * guesses.length,
      data: {
        items: { kind: "series", files, label: "first", ...even },
        labels: { kind: "rowClass" },
        split,
        ...drawing(),
      },
    });
  }
  return guesses;
}
