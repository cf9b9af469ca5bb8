// Splitters: who validates, who never does together with others, and that a seed decides.
import { describe, expect, it } from "vitest";
import { ok, unwrap } from "../../base/result";
import type { SplitSpec } from "../../spec/recipe";
import { memoryIndex } from "../../testing/nodeSource";
import { splitItems } from "./index";
import { VALID } from "./splitter";

async function split(spec: SplitSpec, paths: string[], labels: string[][] = [], column: (string | null)[] = []) {
  const index = await memoryIndex({ "list.txt": "p1/a.jpg\nb\nghost.jpg\n", ...Object.fromEntries(paths.map((path) => [path, "x"])) }); // prettier-ignore
  const path = (item: number): string => paths[item] as string;
  const cells = async () => ok(column);
  const found = await splitItems(spec, { count: paths.length, path, index, labels: (i) => labels[i] ?? [], cells });
  const { split: parts, problems } = unwrap(found);
  return { parts: [...parts], valid: paths.filter((_, i) => parts[i] === VALID), problems: problems.map(({ code, items }) => [code, items]) }; // prettier-ignore
}

const people = Array.from({ length: 30 }, (_, i) => `p${i % 6}/${i}.jpg`);
const seeded = { valid: 0.3, seed: 1 } as const;

describe("splits", () => {
  it("by group never split one, hold at least the share back, and follow their seed", async () => {
    const spec = { kind: "group", by: "folder", level: 1, ...seeded } as const;
    const { valid } = await split(spec, people);
    const held = new Set(valid.map((path) => path.split("/")[0]));
    expect(valid.length).toBe(people.filter((path) => held.has(path.split("/")[0])).length);
    expect(valid.length / people.length).toBeGreaterThanOrEqual(0.3);
    expect(held.size).toBe(2);
    expect((await split(spec, people)).valid).toEqual(valid);
    expect((await split({ ...spec, seed: 2 }, people)).valid).not.toEqual(valid);
  });

  it("by named groups, by pattern and by column", async () => {
    const by = { kind: "group", level: 1, ...seeded } as const;
    const named = await split({ ...by, by: "regex", pattern: "^p(\\d)", groups: ["3", "9"] }, people);
    expect([new Set(named.valid.map((path) => path[1])), named.problems]).toEqual([
      new Set(["3"]),
      [["LIST_UNMATCHED", ["9"]]],
    ]);
    const cells = people.map((_, i) => (i === 0 ? null : i % 2 === 0 ? "ann" : "bob"));
    const column = await split({ ...by, by: "column", column: "who", groups: ["ann"] }, people, [], cells);
    expect([column.valid.length, column.parts[0]]).toEqual([14, 2]);
  });

  it("stratify: every class of two or more is in both sets", async () => {
    const labels = people.map((_, i) => [i < 2 ? "rare" : i < 3 ? "single" : "usual"]);
    const { parts } = await split({ kind: "stratified", ...seeded }, people, labels);
    const held = (name: string) => labels.filter(([own], i) => own === name && parts[i] === VALID).length;
    expect([held("rare"), held("single"), held("usual")]).toEqual([1, 0, 8]);
  });

  it("fold: the parts are disjoint, nearly equal, and together everything", async () => {
    const folds = await Promise.all([0, 1, 2, 3].map((fold) => split({ kind: "kFold", folds: 4, fold, seed: 5 }, people))); // prettier-ignore
    expect(folds.map(({ valid }) => valid.length)).toEqual([8, 8, 7, 7]);
    expect(new Set(folds.flatMap(({ valid }) => valid)).size).toBe(30);
  });

  it("by column say yes to words and numbers, or to the values named", async () => {
    const cells = ["True", "False", "1", "0", "valid", "", null];
    const paths = cells.map((_, i) => `a/${i}.jpg`);
    expect((await split({ kind: "column", column: "c" }, paths, [], cells)).parts).toEqual([1, 0, 1, 0, 1, 0, 2]);
    expect((await split({ kind: "column", column: "c", values: ["0"] }, paths, [], cells)).parts).toEqual([0, 0, 0, 1, 0, 0, 2]); // prettier-ignore
  });

  it("by list, by pattern and by nothing", async () => {
    const paths = ["p1/a.jpg", "p2/a.jpg", "p1/b.jpg", "p2_TEST/c.jpg"];
    const list = await split({ kind: "listFile", file: "list.txt" }, paths);
    expect([list.valid, list.problems]).toEqual([["p1/a.jpg", "p1/b.jpg"], [["LIST_UNMATCHED", ["ghost.jpg"]]]]);
    expect((await split({ kind: "regex", pattern: "_TEST" }, paths)).valid).toEqual(["p2_TEST/c.jpg"]);
    expect((await split({ kind: "none" }, paths)).valid).toEqual([]);
  });
});
