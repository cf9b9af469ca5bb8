// Names of tables, columns and folders that the guesses found, to offer while a person types.
import type { Guess } from "../../../spec/dataReport";

export interface Suggestions {
  readonly files: readonly string[];
  readonly columns: readonly string[];
  readonly folders: readonly string[];
  readonly suffixes: readonly string[];
}

const unique = (names: readonly (string | undefined)[]): string[] => [
  ...new Set(names.filter((name): name is string => name !== undefined)),
];

/** All names that occur in any guess. */
export function suggestionsOf(guesses: readonly Guess[]): Suggestions {
  const items = guesses.map(({ data }) => data.items);
  const labels = guesses.map(({ data }) => data.labels);
  const tables = items.flatMap((item) => (item.kind === "csvColumn" ? [item] : []));
  const tags = labels.flatMap((label) => (label.kind === "csvColumn" ? [label] : []));
  return {
    files: unique([...tables.map((item) => item.file), ...tags.map((label) => label.file)]),
    columns: unique([
      ...tables.map((item) => item.column),
      ...tags.flatMap((label) => [label.column, label.nameColumn]),
    ]),
    folders: unique(["", ...items.map((item) => item.folder)]),
    suffixes: unique(["", ...tables.map((item) => item.suffix)]),
  };
}
