// The sample "beats": rows of numbers like heartbeats, regular or not, in the layout of the UCR archive.
import { createRng, type Rng } from "../../base/rng";
import type { Sample, SampleFile } from "./sample";

const LENGTH = 96;
const SEED = 41;
/** Rows of each class. */
const TRAIN = 200;
const VALID = 60;

/** Class → times of the beats, in samples, from the time between two beats. */
const RHYTHMS: Readonly<Record<string, (period: number, rng: Rng) => number[]>> = {
  // Regular.
  "1": (period) => Array.from({ length: 6 }, (_, i) => i * period),
  // One beat comes early, and the next waits for it.
  "2": (period, rng) => {
    const early = 1 + rng.below(3);
    return Array.from({ length: 6 }, (_, i) => i * period - (i === early ? 0.42 * period : 0));
  },
  // One beat is missing.
  "3": (period, rng) => {
    const missing = 1 + rng.below(3);
    return Array.from({ length: 6 }, (_, i) => i * period).filter((_, i) => i !== missing);
  },
};

const bump = (t: number, at: number, width: number, height: number): number =>
  height * Math.exp(-(((t - at) / width) ** 2));

/** One z-normalised row. */
function series(kind: string, rng: Rng): number[] {
  const period = 19 + 5 * rng.uniform();
  const start = 3 + period * 0.4 * rng.uniform();
  const times = (RHYTHMS[kind]?.(period, rng) ?? []).map((at) => at + start);
  const [drift, phase] = [0.25 * rng.uniform(), 6.28 * rng.uniform()];
  const row = Array.from({ length: LENGTH }, (_, t) => {
    const beats = times.reduce(
      (sum, at) => sum + bump(t, at, 1.1, 1) - bump(t, at + 2.4, 1.2, 0.3) + bump(t, at + 6.5, 2.4, 0.22),
      0,
    );
    return beats + drift * Math.sin(phase + (6.28 * t) / LENGTH) + 0.04 * rng.normal();
  });
  const mean = row.reduce((sum, value) => sum + value, 0) / LENGTH;
  const spread = Math.sqrt(row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / LENGTH);
  return row.map((value) => (value - mean) / spread);
}

/** Tab separated, no header, the class first. */
function table(part: string, count: number): Blob {
  const rows = Array.from(
    { length: count },
    (_, i) =>
    Object.keys(RHYTHMS).map((kind) => [kind, ...series(kind, createRng(SEED, part, kind, i)).map((value) => value.toFixed(6))].join("\t")), // prettier-ignore
  ).flat();
  return new Blob([`${rows.join("\n")}\n`], { type: "text/tab-separated-values" });
}

const files = (): SampleFile[] => [
  { path: "Beats_TEST.tsv", make: async () => table("test", VALID) },
  { path: "Beats_TRAIN.tsv", make: async () => table("train", TRAIN) },
];

export const beats: Sample = {
  id: "beats",
  label: "Heartbeats",
  help: "780 made-up rows of numbers like heartbeats: regular, one too early, one missing. Each becomes a picture that a model can read.",
  recipe: "beats",
  files,
};
