// What the items of a source are, whichever way they were found.
import type { Problem } from "../base/problem";
import type { Result } from "../base/result";
import type { Table } from "../formats/csv/csv";

export interface SeriesOfItems {
  readonly values: readonly Float32Array[];
  /** The class in the row. */
  readonly classes: readonly (string | null)[];
}

/** The text of an item, when it is asked for. */
export type TextsOfItems = (item: number) => Promise<Result<string, Problem>>;

export interface Items {
  /** File of each item. */
  readonly files: Int32Array;
  /** Row of each item in `table`; one a file, in the table's order. */
  readonly rows: Int32Array | null;
  readonly table: Table | null;
  /** Later rows that name the same file again: [item, row] pairs. */
  readonly again: readonly (readonly [number, number])[];
  /** What rows of the table name that is not there. */
  readonly missing?: readonly string[];
  /** Numbers instead of pictures. */
  readonly series: SeriesOfItems | null;
  /** Texts instead of pictures. */
  readonly texts: TextsOfItems | null;
  /** What an item is called: the path of its file, with the line where several are in one. */
  path(item: number): string;
  readonly problems: readonly Problem[];
}

/** `folder/` with exactly one slash, or "". */
export function asFolder(folder: string): string {
  const clean = folder.replace(/^\.?\/+|\/+$/g, "");
  return clean === "" ? "" : `${clean}/`;
}
