// The samples that the studio draws itself: real files in a virtual folder.
import type { Problem } from "../../base/problem";
import { err, ok, type Result } from "../../base/result";
import type { SampleEntry } from "../../spec/catalog";
import { problem } from "../../spec/problems";
import type { RawSource } from "../sources/rawSource";
import type { Sample } from "./sample";
import { beats } from "./beats";
import { heads } from "./heads";
import { shapes } from "./shapes";
import { streets } from "./streets";
import { tiles } from "./tiles";

const ALL: readonly Sample[] = [shapes, tiles, streets, heads, beats];

/** For the catalogue. */
export const SAMPLES: readonly SampleEntry[] = ALL.map(({ id, label, help, recipe }) => ({ id, label, help, recipe }));

/** A sample as a source; its files are drawn when they are read, the same ones each time. */
export function sampleSource(id: string): Result<RawSource, Problem> {
  const sample = ALL.find((one) => one.id === id);
  if (sample === undefined) return err(problem("SOURCE_MISSING"));
  const files = sample.files();
  return ok({
    name: sample.label,
    kind: "sample",
    paths: files.map(({ path }) => path),
    bytes: 0,
    junk: 0,
    problems: [],
    // Drawn by this code alone; another drawing gets another number.
    fingerprint: `${id} 1`,
    read: async (file) => ok(await (files[file] as (typeof files)[number]).make()),
  });
}
