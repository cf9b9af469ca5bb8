// Guesses that texts are to be told apart: files in folders, or a long column of a table.
import type { Guess } from "../../spec/dataReport";
import { parentOf } from "../labelers/parentFolder";
import { saysYes } from "../splitters/byColumn";
import type { FileIndex } from "../sources/fileIndex";
import type { Tables } from "../tables";
import { textFiles } from "../textItems";
import { folderNames } from "./folderGuess";
import { findLabelColumn } from "./labelColumn";
import { RANDOM } from "./paths";
import { many } from "./words";

const FEWEST = 10;
const LONG = 60;
const MAX_TABLES = 8;

/** Texts by their folder; folders that neither train nor validate (`unsup`) count as no class. */
export function textFolderGuess(index: FileIndex): Guess | null {
  const found = textFiles(index, "");
  if (!found.ok || found.value.files.length < Math.max(FEWEST, index.images.length)) return null;
  const paths = Array.from(found.value.files, (file) => index.paths[file] as string);
  const split = folderNames(paths);
  const classes = new Map<string, number>();
  for (const path of paths) {
    const folders = path.split("/").slice(0, -1);
    const part = split === null ? undefined : folders.find((name) => name === split.train || name === split.valid);
    const label = parentOf(path, index.rootName);
    if (folders.length > 0 && label !== part && (split === null || part !== undefined))
      classes.set(label, (classes.get(label) ?? 0) + 1);
  }
  if (classes.size < 2) return null;
  const used = [...classes.values()].reduce((sum, count) => sum + count, 0);
  return {
    id: "texts",
    task: "singleLabel",
    title: `Looks like texts by folder: ${many(classes.size, "class", "classes")}, ${many(used, "text")}.`,
    evidence: [
      `Folders such as ${[...classes].slice(0, 3).map(([name, count]) => `${name} (${count})`).join(", ")}.`,
      split === null ? "20 % are held out at random." : `The folders ${split.train} and ${split.valid} say what is for training and what for validation.`,
    ], // prettier-ignore
    score: 0.9,
    data: {
      items: { kind: "textFiles", folder: "" },
      labels: { kind: "parentFolder" },
      split: split === null ? RANDOM : { kind: "folder", ...split },
    },
  };
}

/** Texts in a column of a table, with a column of labels, and perhaps one that says what validates. */
export async function textTableGuesses(index: FileIndex, tables: Tables): Promise<Guess[]> {
  const guesses: Guess[] = [];
  for (const file of index.tables.subarray(0, MAX_TABLES)) {
    const loaded = await tables.load(file);
    if (!loaded.ok || loaded.value.columns.length > 64) continue;
    const table = loaded.value;
    const rows = table.rows.slice(0, 100);
    const lengths = table.columns.map((_, at) => rows.reduce((sum, row) => sum + (row[at] ?? "").length, 0) / rows.length); // prettier-ignore
    const text = lengths.indexOf(Math.max(...lengths));
    if ((lengths[text] ?? 0) < LONG || !rows.some((row) => /\s\S+\s/.test(row[text] ?? ""))) continue;
    const flag = table.columns.findIndex((name) => /^(is_?)?(valid|validation|test)$/i.test(name));
    const labels = findLabelColumn({ ...table, columns: table.columns.map((name, at) => (at === flag ? "" : name)) }, text); // prettier-ignore
    if (labels === null || labels.column === flag) continue;
    const path = index.paths[file] as string;
    const [textName, labelName] = [table.columns[text] as string, table.columns[labels.column] as string];
    const bySplit = flag >= 0 && table.rows.some((row) => saysYes(row[flag] ?? ""));
    guesses.push({
      id: `texts:${path}`,
      task: labels.delimiter === null ? "singleLabel" : "multiLabel",
      title: `Looks like texts in the table ${path}: ${many(labels.classes.length, "class", "classes")}, ${many(table.rows.length, "text")}.`,
      evidence: [
        `The column ${textName} holds texts of ${Math.round(lengths[text] ?? 0)} letters on average.`,
        `The column ${labelName} holds labels such as ${labels.classes.slice(0, 3).join(", ")}.`,
        bySplit ? `The column ${table.columns[flag] ?? ""} says which rows validate.` : "20 % are held out at random.",
      ],
      score: index.images.length === 0 ? 0.88 : 0.3,
      data: {
        items: { kind: "textColumn", file: path, column: textName },
        labels: { kind: "csvColumn", column: labelName, delimiter: labels.delimiter },
        split: bySplit ? { kind: "column", column: table.columns[flag] as string } : RANDOM,
      },
    });
  }
  return guesses;
}
