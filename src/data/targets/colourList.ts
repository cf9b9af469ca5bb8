// Lists that say which colour stands for which class, as CamVid's own label_colors.txt or a class_dict.csv.
import type { LabelsOf } from "../../spec/labelsSpec";
import type { FileIndex } from "../sources/fileIndex";
import { linesOf, readText } from "../sources/readText";

const NAME = /(^|\/)[^/]*(colou?r|class_dict|labelmap|palette)[^/]*\.(txt|csv|tsv)$/i;
const MOST_FILES = 4;
const MOST_CLASSES = 255;
/** A list of something else holds three small numbers in few of its lines only. */
const FITTING = 0.8;

export interface NamedColours {
  readonly classes: string[];
  readonly values: NonNullable<LabelsOf<"mask">["values"]>;
}

export interface ColourList extends NamedColours {
  readonly file: string;
}

const hex = (rgb: readonly number[]): string => `#${rgb.map((part) => part.toString(16).padStart(2, "0")).join("")}`;

/** One line: a name, and red, green and blue from 0 to 255 before or behind it; null where it is none. */
function entryOf(line: string): readonly [name: string, colour: string] | null {
  const found = /(^|[\s,;:|])(\d{1,3})[\s,;]+(\d{1,3})[\s,;]+(\d{1,3})(?=$|[\s,;:|])/.exec(line);
  if (found === null) return null;
  const rgb = found.slice(2, 5).map(Number);
  const [before, behind] = [line.slice(0, found.index), line.slice(found.index + found[0].length)];
  const name = (before.trim() === "" ? behind : before).replace(/^[\s,;:|"']+|[\s,;:|"']+$/g, "");
  return name === "" || rgb.some((part) => part > 255) ? null : [name, hex(rgb)];
}

/** Names and colours of a text; null where it is no such list, or where two classes share a name or a colour. */
export function parseColours(text: string): NamedColours | null {
  const lines = linesOf(text).filter((line) => !line.startsWith("#"));
  const entries = lines.flatMap((line) => [entryOf(line)].filter((entry) => entry !== null));
  const [names, colours] = [new Set(entries.map(([name]) => name)), new Set(entries.map(([, colour]) => colour))];
  if (entries.length < 2 || entries.length > MOST_CLASSES || entries.length < FITTING * (lines.length - 1)) return null;
  if (names.size < entries.length || colours.size < entries.length) return null;
  return { classes: [...names], values: entries.map(([, from], to) => ({ from, to })) };
}

/** The first list of colours of the source. */
export async function findColours(index: FileIndex): Promise<ColourList | null> {
  const files = index.paths.flatMap((path, file) => (NAME.test(path) ? [file] : [])).slice(0, MOST_FILES);
  for (const file of files) {
    const text = await readText(index, file);
    const found = text.ok ? parseColours(text.value) : null;
    if (found !== null) return { ...found, file: index.paths[file] as string };
  }
  return null;
}
