// What the benchmarks share: options, timing of recorded GPU work, and tables of text.
import { attachCounters } from "../src/tensor/counters";
import type { Counters } from "../src/tensor/counters";
import { submit } from "../src/tensor/backend";

export interface BenchOptions {
  readonly names: readonly string[];
  /** Whether ratios of times, times themselves, and shares by kernel are wanted. */
  readonly ratios: boolean;
  readonly times: boolean;
  readonly profile: boolean;
}

export interface Bench {
  readonly gpu: GPUDevice;
  readonly counters: Counters;
  readonly options: BenchOptions;
}

export function createBench(gpu: GPUDevice, options: BenchOptions): Bench {
  return { gpu, options, counters: attachCounters(gpu) };
}

/** Milliseconds from recording `work` to the GPU having done it. */
export async function timeOnce({ gpu }: Bench, work: () => void): Promise<number> {
  submit();
  await gpu.queue.onSubmittedWorkDone();
  const start = performance.now();
  work();
  submit();
  await gpu.queue.onSubmittedWorkDone();
  return performance.now() - start;
}

/** Median times of several pieces of work, taken in turns so that a busy machine is unfair to none. */
export async function timeInTurns(
  bench: Bench,
  repeats: number,
  works: readonly (() => void)[],
  setUp: readonly (() => void)[],
): Promise<number[]> {
  const times = works.map((): number[] => []);
  for (let round = 0; round <= repeats; round += 1) {
    for (const [i, work] of works.entries()) {
      setUp[i]?.();
      const time = await timeOnce(bench, work);
      // The first round compiles.
      if (round > 0) times[i]?.push(time);
    }
  }
  return times.map((list) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? NaN);
}

/** A table of text with aligned columns, the first to the left. */
export function printTable(
  title: string,
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): void {
  const cells = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, i) => Math.max(...cells.map((row) => row[i]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join("  ");
  console.log([`\n${title}`, ...cells.map(line)].join("\n"));
}
