// A few words on how items are labelled and split, for the cards of the ribbon.
import type { LabelsSpec, SplitSpec } from "../spec/recipe";

type Words<S extends { readonly kind: string }> = {
  readonly [K in S["kind"]]: (spec: Extract<S, { kind: K }>) => string;
};

const LABELS: Words<LabelsSpec> = {
  parentFolder: () => "named by their folder",
  csvColumn: ({ column }) => `from the column ${column}`,
  mask: ({ template }) => `a class for each pixel, from ${template}`,
  pointColumns: ({ file }) => `points from ${file ?? "the table"}`,
  pose: ({ template }) => `the head's centre, from ${template}`,
  floatColumns: ({ columns }) => `numbers from ${columns.join(", ")}`,
};

const SPLIT: Words<SplitSpec> = {
  random: ({ valid, seed }) => `${Math.round(valid * 100)} % held out at random, seed ${seed}`,
  folder: ({ train, valid }) => `by the folders ${train} and ${valid}`,
  listFile: ({ file }) => `by the list ${file}`,
};

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
