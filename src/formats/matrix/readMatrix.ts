// Reads a table of nothing but numbers as a matrix: rows and columns of one picture.

export interface Matrix {
  readonly width: number;
  readonly height: number;
  /** [height, width] */
  readonly samples: Float32Array;
}

const DELIMITERS = ["\t", ";", ","] as const;
/** A text that is wider or higher than this is no picture. */
const MAX_SIDE = 65_535;

/** The numbers of a line, or null where something in it is none. */
function cellsOf(line: string, delimiter: string | undefined): number[] | null {
  const cells = delimiter === undefined ? line.trim().split(/\s+/) : line.split(delimiter);
  if (delimiter !== undefined && cells.at(-1)?.trim() === "") cells.pop();
  const values = cells.map((cell) => (cell.trim() === "" ? Number.NaN : Number(cell)));
  return values.every((value) => Number.isFinite(Math.fround(value))) ? values : null;
}

/** The matrix of a text without a header, or why it is none: that ends the sentence "It was left out: …". */
export function readMatrix(text: string): Matrix | string {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
  const sample = lines.find((line) => line.trim() !== "" && !line.startsWith("#")) ?? "";
  const delimiter = DELIMITERS.find((one) => sample.includes(one));
  const rows: number[][] = [];
  for (const [i, line] of lines.entries()) {
    if (line.trim() === "" || line.startsWith("#")) continue;
    const row = cellsOf(line, delimiter);
    if (row === null) return `line ${i + 1} holds something that is no number`;
    const width = rows[0]?.length ?? row.length;
    if (row.length !== width) return `line ${i + 1} has ${row.length} numbers, the lines before ${width}`;
    rows.push(row);
  }
  const [height, width] = [rows.length, rows[0]?.length ?? 0];
  if (height < 2 || width < 2) return "it is no matrix of at least two rows and two columns";
  if (height > MAX_SIDE || width > MAX_SIDE) return "it has more rows or columns than a picture can have";
  return { width, height, samples: Float32Array.from(rows.flat()) };
}
