// Every family of cases, and the entries of a reference that none of them answers for.
import type { Family, ParityCase } from "../parityCase";
import type { Reference } from "../reference";
import { augmentFamily } from "./augment";
import { gafFamily } from "./gaf";
import { cnnFamily } from "./cnn";
import { pthFamily } from "./pth";
import { resnetFamily } from "./resnet";
import { textFamily } from "./text";
import { trainFamily } from "./train";
import { trainingFamily } from "./training";
import { unetFamily } from "./unet";

export const FAMILIES: Readonly<Record<string, Family>> = {
  augment: augmentFamily,
  gaf: gafFamily,
  cnn: cnnFamily,
  pth: pthFamily,
  resnet: resnetFamily,
  text: textFamily,
  train: trainFamily,
  training: trainingFamily,
  unet: unetFamily,
};

/** Whole runs on real data: fastai's own random draws decide their numbers, so that only their trend says something. */
const inTrendOnly = /^baselines\.json#/;

export interface Plan {
  readonly cases: readonly ParityCase[];
  /** Entries, and fields inside them, that no case knows: misses. */
  readonly unknown: readonly string[];
  readonly trend: readonly string[];
  /** Families that could not read their entries. */
  readonly broken: readonly { readonly family: string; readonly message: string }[];
}

/** All cases of a reference directory, and what is left over. */
export function planOf(reference: Reference): Plan {
  const cases: ParityCase[] = [];
  const broken: { family: string; message: string }[] = [];
  for (const [family, make] of Object.entries(FAMILIES)) {
    try {
      cases.push(...make(reference));
    } catch (error) {
      broken.push({ family, message: error instanceof Error ? error.message : String(error) });
    }
  }
  const covered = new Set(cases.flatMap(({ covers }) => covers));
  const left = reference.entries().filter((entry) => !covered.has(entry));
  const trend = left.filter((entry) => inTrendOnly.test(entry));
  const known = new Set(trend);
  const unknown = [...left.filter((entry) => !known.has(entry)), ...reference.unknownFields];
  return { cases, unknown, trend, broken };
}
