// A few words on how items are labelled and split, for the cards of the ribbon.
import type { ItemsSpec, LabelsSpec, SplitSpec } from "../spec/recipe";

type Words<S extends { readonly kind: string }> = {
  readonly [K in S["kind"]]: (spec: Extract<S, { kind: K }>) => string;
};

const LABELS: Words<LabelsSpec> = {
  parentFolder: () => "named by their folder",
  csvColumn: ({ column }) => `from the column ${column}`,
  ancestorFolder: ({ levels }) => `named by the folder ${levels} up`,
  regex: ({ pattern }) => `by the pattern ${pattern}`,
  fileName: () => "named by their file",
  constant: ({ label }) => `all ${label}`,
  rowClass: () => "by the class in the row",
  mask: ({ template }) => `a class for each pixel, from ${template}`,
  pointColumns: ({ file }) => `points from ${file ?? "the table"}`,
  pointsFile: ({ template }) => `points from ${template}`,
  pose: ({ template }) => `the head's centre, from ${template}`,
  floatColumns: ({ columns }) => `numbers from ${columns.join(", ")}`,
};

const ITEMS: Words<ItemsSpec> = {
  files: ({ folder }) => `every picture in ${folder === "" ? "all folders" : folder}`,
  csvColumn: ({ file }) => `one a row of ${file}`,
  series: ({ files }) => `series of numbers from ${files.join(", ")}`,
  textFiles: ({ folder }) => `every text in ${folder === "" ? "all folders" : folder}`,
  textColumn: ({ file, column }) => `the texts in ${column} of ${file}`,
};

const SPLIT: Words<SplitSpec> = {
  random: ({ valid, seed }) => `${Math.round(valid * 100)} % held out at random, seed ${seed}`,
  folder: ({ train, valid }) => `by the folders ${train} and ${valid}`,
  listFile: ({ file }) => `by the list ${file}`,
  stratified: ({ valid, seed }) => `${Math.round(valid * 100)} % of every class, seed ${seed}`,
  column: ({ column }) => `by the column ${column}`,
  group: ({ by, column, groups }) =>
    `whole groups by ${by === "column" ? (column ?? "a column") : by === "folder" ? "folder" : "a pattern"}${groups ? `: ${groups.join(", ")}` : ""}`,
  regex: ({ pattern }) => `by the pattern ${pattern}`,
  kFold: ({ folds, fold }) => `part ${fold + 1} of ${folds}`,
  none: () => "nothing is held out",
};

/** What the items are. */
export function itemsWords<K extends ItemsSpec["kind"]>(spec: Extract<ItemsSpec, { kind: K }>): string {
  const say: Words<ItemsSpec>[K] = ITEMS[spec.kind as K];
  return say(spec);
}

/** How the items are labelled. */
export function labelsWords<K extends LabelsSpec["kind"]>(spec: Extract<LabelsSpec, { kind: K }>): string {
  const say: Words<LabelsSpec>[K] = LABELS[spec.kind as K];
  return say(spec);
}

/** How the items are split. */
export function splitWords<K extends SplitSpec["kind"]>(spec: Extract<SplitSpec, { kind: K }>): string {
  const say: Words<SplitSpec>[K] = SPLIT[spec.kind as K];
  return say(spec);
}
