// Guesses that a table says which picture has which label.
import type { Table } from "../../formats/csv/csv";
import type { Guess } from "../../spec/dataReport";
import type { FileIndex } from "../sources/fileIndex";
import type { Tables } from "../tables";
import { splitFolders } from "./folderGuess";
import { findLabelColumn } from "./labelColumn";
import { isMeasured, isPair, numberGuess } from "./numberGuess";
import { findNameColumn, picturesByName } from "./nameColumn";
import { many } from "./words";

const MAX_TABLES = 8;

/** A guess of numbers whose columns hold quantities, or are called x and y: it does not stand back behind classes. */
function measured({ data: { labels } }: Guess, table: Table): boolean {
  if (labels.kind === "floatColumns") return isMeasured(table, labels.columns);
  return labels.kind === "pointColumns" && isPair(labels.columns.length > 0 ? labels.columns : table.columns);
}

/** One guess for each table that names pictures and labels them. */
export async function tableGuesses(index: FileIndex, tables: Tables): Promise<Guess[]> {
  const byName = picturesByName(index);
  const guesses: Guess[] = [];
  for (const file of index.tables.subarray(0, MAX_TABLES)) {
    const loaded = await tables.load(file);
    if (!loaded.ok) continue;
    const table = loaded.value;
    const path = index.paths[file] as string;
    const base = path.slice(0, path.lastIndexOf("/") + 1);
    const names = findNameColumn(index, byName, table, base);
    if (names === null) continue;
    const numbers = numberGuess(index, table, path, names);
    const labels = findLabelColumn(table, names.column);
    // Columns that all hold numbers are rather measured than chosen: points, or something to predict.
    if (numbers !== null)
      guesses.push(labels === null || measured(numbers, table) ? numbers : { ...numbers, score: numbers.score * 0.6 });
    if (labels === null) continue;
    const nameTitle = table.columns[names.column] as string;
    const labelTitle = table.columns[labels.column] as string;
    const multi = labels.delimiter !== null;
    const folder = base + names.folder;
    const split = splitFolders(index);
    const bySplit =
      split !== null &&
      table.rows
        .slice(0, 200)
        .every((row) =>
          new RegExp(`(^|/)(${escape(split.train)}|${escape(split.valid)})/`).test(row[names.column] ?? ""),
        );
    guesses.push({
      id: `table:${path}`,
      task: multi ? "multiLabel" : "singleLabel",
      title: `Looks like image classification by the table ${path}: ${many(labels.classes.length, multi ? "tag" : "class", multi ? "tags" : "classes")}, ${many(names.matched, "image")}.`,
      evidence: [
        `The column ${nameTitle} names pictures in ${folder === "" ? "the top folder" : folder}${names.suffix === "" ? "" : `, with ${names.suffix} added`}.`,
        `The column ${labelTitle} holds ${multi ? `tags separated by ${delimiterName(labels.delimiter)}` : "one label each"}, such as ${labels.classes.slice(0, 3).join(", ")}.`,
      ],
      score: labels.score * names.share * (0.5 + 0.5 * Math.min(1, names.matched / index.images.length)),
      data: {
        items: { kind: "csvColumn", file: path, column: nameTitle, folder, suffix: names.suffix },
        labels: { kind: "csvColumn", column: labelTitle, delimiter: labels.delimiter },
        split: bySplit && split !== null ? { kind: "folder", ...split } : { kind: "random", valid: 0.2, seed: 42 },
      },
    });
  }
  return guesses;
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

function delimiterName(delimiter: string | null): string {
  const names = new Map([
    [" ", "blanks"],
    [";", "semicolons"],
    ["|", "bars"],
    [",", "commas"],
  ]);
  return names.get(delimiter ?? "") ?? "a delimiter";
}
