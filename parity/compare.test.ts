// The comparison itself: what counts as a miss, in every measure.
import { describe, expect, it } from "vitest";
import { compare, fold, summaryQuantity } from "./compare";
import type { Tolerance } from "./tolerances";

const limit = (measure: Tolerance["measure"], value: number, share?: number): Tolerance => ({
  measure,
  limit: value,
  why: "for the test",
  ...(share === undefined ? {} : { share }),
});

const verdict = (actual: number[], expected: number[], tolerance: Tolerance, scale?: number[]) =>
  compare({ quantity: "q", actual, expected, tolerance, ...(scale ? { scale } : {}) });

describe("compare", () => {
  it("measures by value, by the largest value and by a given scale", () => {
    const [actual, expected] = [[1.1, 9], [1, 10]]; // prettier-ignore
    expect(verdict(actual, expected, limit("absolute", 1))).toMatchObject({ ok: true, error: 1, absolute: 1 });
    expect(verdict(actual, expected, limit("relative", 0.09))).toMatchObject({ ok: false });
    expect(verdict(actual, expected, limit("relative", 0.11))).toMatchObject({ ok: true });
    expect(verdict(actual, expected, limit("largest", 0.1))).toMatchObject({ ok: true, error: 0.1 });
    expect(verdict(actual, expected, limit("scaled", 1), [0.05, 100])).toMatchObject({ ok: false });
  });

  it("lets a share of the values miss", () => {
    const actual = [...Array<number>(99).fill(0), 5];
    const expected = Array<number>(100).fill(0);
    expect(verdict(actual, expected, limit("absolute", 0.1, 0.99)).ok).toBe(true);
    expect(verdict(actual, expected, limit("absolute", 0.1, 0.995)).ok).toBe(false);
  });

  it.each([
    ["a NaN of ours", [Number.NaN], [1]],
    ["a NaN of theirs", [1], [Number.NaN]],
    ["an infinity", [Infinity], [1]],
    ["too few values", [1], [1, 2]],
    ["nothing at all", [], []],
  ])("misses on %s", (_what, actual, expected) => {
    expect(verdict(actual, expected, limit("absolute", 1e9)).ok).toBe(false);
  });

  it("compares words one by one and says which differs", () => {
    const tolerance = limit("exact", 0);
    const wrong = compare({ quantity: "names", actual: ["a", "c"], expected: ["a", "b", "d"], tolerance });
    expect(wrong).toMatchObject({ ok: false, error: 2, note: expect.stringContaining("c instead of b") });
  });

  it("keeps the worst of several items, whatever their order", () => {
    const [good, bad] = [[1], [2]].map((actual) => verdict(actual, [1], limit("absolute", 0.5)));
    if (!good || !bad) throw new Error("two verdicts");
    for (const folded of [fold(good, bad), fold(bad, good)]) expect(folded).toMatchObject({ ok: false, items: 2 });
  });

  it("holds a summary by its length, its mean and its first values", () => {
    const data = [3, 4, 0, 0];
    const tolerance = limit("scaled", 1e-3);
    const right = { mean: 1.75, l2: 5, first: data };
    const ok = (expected: typeof right) => compare(summaryQuantity("q", "t", data, expected, tolerance)).ok;
    expect(ok(right)).toBe(true);
    expect(ok({ ...right, l2: 5.01 })).toBe(false);
    expect(ok({ ...right, mean: 1.76 })).toBe(false);
    expect(ok({ ...right, first: [3, 4.1, 0, 0] })).toBe(false);
  });
});
