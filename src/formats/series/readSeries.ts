// Reads tables of series, one a row: tables without a header as the UCR archive has them, `.ts` and `.arff`.

export interface SeriesRow {
  readonly values: Float32Array;
  readonly label: string | null;
  /** Line of the file, from 1. */
  readonly line: number;
}

export interface SeriesFile {
  readonly rows: readonly SeriesRow[];
  /** Lines with a gap or a word where a number should be. */
  readonly broken: readonly number[];
}

export type LabelPlace = "first" | "last" | "none";

interface Layout {
  readonly from: number;
  readonly cells: (line: string) => string[];
  readonly place: LabelPlace;
}

const unquoted = (cell: string): string => cell.trim().replace(/^(['"])(.*)\1$/, "$2");
/** 1e300 is a number, but none that a float of four bytes can hold. */
const isNumber = (cell: string): boolean => cell.trim() !== "" && Number.isFinite(Math.fround(Number(cell)));

/** Where the data begin after a line that says `@data`. */
function dataLine(lines: readonly string[]): number {
  return lines.findIndex((line) => /^@data\b/i.test(line.trim())) + 1;
}

function layoutOf(lines: readonly string[], place: LabelPlace): Layout {
  const from = dataLine(lines);
  if (from > 0) {
    const relation = lines.slice(0, from).some((line) => /^@(relation|attribute)\b/i.test(line.trim()));
    if (relation) return { from, cells: (line) => line.split(",").map(unquoted), place: "last" };
    // sktime: dimensions with colons between, and the class behind the last one.
    const classes = lines.slice(0, from).some((line) => /^@classlabel\s+true/i.test(line.trim()));
    const cells = (line: string): string[] => {
      const parts = line.split(":");
      return classes ? [...(parts[0] ?? "").split(","), parts.at(-1) ?? ""] : (parts[0] ?? "").split(",");
    };
    return { from, cells, place: classes ? "last" : "none" };
  }
  const sample = lines.find((line) => line.trim() !== "") ?? "";
  const delimiter = ["\t", ";", ","].find((one) => sample.includes(one));
  const cells = (line: string): string[] => (delimiter === undefined ? line.trim().split(/\s+/) : line.split(delimiter)).map(unquoted); // prettier-ignore
  const first = cells(sample);
  const body = place === "first" ? first.slice(1) : place === "last" ? first.slice(0, -1) : first;
  const header = body.length > 0 && !body.some(isNumber);
  return { from: header ? lines.indexOf(sample) + 1 : 0, cells, place };
}

/** All rows of the text; trailing gaps count as the end of a shorter series, as the UCR archive pads them. */
export function readSeries(text: string, place: LabelPlace): SeriesFile {
  const lines = text.split(/\r\n|\r|\n/);
  const layout = layoutOf(lines, place);
  const rows: SeriesRow[] = [];
  const broken: number[] = [];
  for (let i = layout.from; i < lines.length; i += 1) {
    // A blank in front may stand for a class that is missing.
    const line = (lines[i] as string).trimEnd();
    if (line === "" || line.startsWith("#") || line.startsWith("%") || line.startsWith("@")) continue;
    const cells = layout.cells(line);
    const label = layout.place === "first" ? cells.shift() : layout.place === "last" ? cells.pop() : undefined;
    while (cells.length > 0 && /^(nan|\?)?$/i.test((cells.at(-1) as string).trim())) cells.pop();
    if (cells.length === 0 || !cells.every(isNumber)) broken.push(i + 1);
    else rows.push({ values: Float32Array.from(cells, Number), label: label === undefined || label.trim() === "" ? null : unquoted(label), line: i + 1 }); // prettier-ignore
  }
  return { rows, broken };
}

/** Lines that may hold series: nearly all cells of a few first rows are numbers, and there are many of them. */
export function looksLikeSeries(text: string): boolean {
  const head = text.split(/\r\n|\r|\n/).slice(0, 40);
  if (dataLine(head) > 0) return head.some((line) => /^@(relation|problemname)\b/i.test(line.trim()));
  const { rows, broken } = readSeries(head.slice(0, 4).join("\n"), "first");
  const length = rows[0]?.values.length ?? 0;
  return rows.length >= 2 && broken.length === 0 && length >= 8 && !/[A-Za-z]{3}/.test(head[0] ?? "");
}
