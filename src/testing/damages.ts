// What the tests with seeded damages share: whole files to damage, and how often each outcome came.
import { expect } from "vitest";
import { archiveProblem } from "../formats/archive/fault";
import { badInputs, readBadInput } from "./badInputs";
import { mutate } from "./mutate";

const COUNT = 20_000;
/** No damage may keep a parser busy for longer. */
const SLOWEST_MS = 5000;

type Bytes = Uint8Array<ArrayBuffer>;
export type Original = { readonly path: string; readonly bytes: Bytes };

/** Files of the corpus that are small, and not made to be slow. */
export async function originals(
  kind: Parameters<typeof badInputs>[0],
  but = /bomb|overlap|long_|garbage|lies/,
): Promise<Original[]> {
  const paths = badInputs(kind).filter(({ path }) => !but.test(path));
  const all = await Promise.all(paths.map(async ({ path }) => ({ path, bytes: await readBadInput(path) })));
  return all.filter(({ bytes }) => bytes.length < 30_000);
}

/** The code of what an archive reader throws; anything that is no fault of the archive fails the test. */
export const codeOf = (thrown: unknown): string => archiveProblem(thrown, "a").code;

/** Runs all damages, `seal` after each, and gives how often each outcome came. */
export async function outcomes(
  from: readonly Original[],
  read: (bytes: Bytes, path: string) => string | Promise<string>,
  { seal = (bytes: Bytes) => bytes } = {},
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  let slowest = 0;
  for (let k = 0; k < COUNT; k += 1) {
    const { path, bytes } = from[k % from.length] as Original;
    const began = performance.now();
    const outcome = await read(seal(mutate(bytes, path, k)), path);
    slowest = Math.max(slowest, performance.now() - began);
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  expect(slowest).toBeLessThan(SLOWEST_MS);
  return counts;
}

/** Every outcome fits the pattern, and both good and bad ones came. */
export function expectBoth(counts: ReadonlyMap<string, number>, pattern: RegExp): void {
  expect([...counts.keys()].filter((code) => code !== "read" && !pattern.test(code))).toEqual([]);
  expect(counts.get("read") ?? 0).toBeGreaterThan(100);
  expect([...counts.keys()].length).toBeGreaterThan(2);
}
