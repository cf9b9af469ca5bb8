// The files of an archive that was unpacked to one long stream: each a stretch of it.
import type { Problem } from "../../base/problem";

export interface Stretches {
  /** Paths with forward slashes; every name once. */
  readonly names: readonly string[];
  readonly offsets: readonly number[];
  readonly sizes: readonly number[];
  /** What was passed over or renamed. */
  readonly problems: readonly Problem[];
}

/** Gives every later entry of one name a number: both are kept. Returns the names concerned. */
export function numberDoubles(names: string[]): string[] {
  const seen = new Set<string>();
  const doubles: string[] = [];
  for (const [i, name] of names.entries()) {
    let unique = name;
    const dot = name.lastIndexOf(".");
    const cut = dot > name.lastIndexOf("/") + 1 ? dot : name.length;
    for (let k = 2; seen.has(unique); k += 1) unique = `${name.slice(0, cut)} (${k})${name.slice(cut)}`;
    if (unique !== name) doubles.push(name);
    seen.add(unique);
    names[i] = unique;
  }
  return doubles;
}
