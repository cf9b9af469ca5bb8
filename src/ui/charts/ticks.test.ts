// Axes get round numbers.
import { describe, expect, it } from "vitest";
import { airy, calmSpan, linearTicks, logTicks, spanOf } from "./ticks";

describe("ticks", () => {
  it("are round and lie within", () => {
    expect(linearTicks(0, 1, 4)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(linearTicks(0, 1219, 5)).toEqual([0, 200, 400, 600, 800, 1000, 1200]);
    expect(linearTicks(0, 2530, 3)).toEqual([0, 1000, 2000]);
    expect(linearTicks(0.31, 0.36, 5)).toEqual([0.31, 0.32, 0.33, 0.34, 0.35, 0.36]);
    expect(linearTicks(2, 2, 5)).toEqual([2]);
  });

  it("on a log axis are powers of ten, or 1, 2 and 5 where there is less than a decade", () => {
    expect(logTicks(1e-7, 10)).toEqual([1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 1, 10]);
    expect(logTicks(0.15, 0.9)).toEqual([0.2, 0.5]);
  });

  it("the span leaves out what is not a number and, for a log axis, what is not above zero", () => {
    expect(spanOf([3, NaN, null, -1, Infinity])).toEqual({ low: -1, high: 3 });
    expect(spanOf([3, 0, -1, 2], true)).toEqual({ low: 2, high: 3 });
    expect(spanOf([null])).toBeNull();
    expect(airy({ low: 2, high: 2 }, false)).toEqual({ low: 1.88, high: 2.12 });
    expect(airy({ low: 0.1, high: 2 }, false).low).toBe(0);
  });

  it("the calm span leaves out the few highest values", () => {
    const values = [...Array(99).keys(), 1e6];
    expect(calmSpan(values, 0.02)).toEqual({ low: 0, high: 97 });
    expect(calmSpan([2, NaN], 0.02)).toEqual({ low: 2, high: 2 });
    expect(calmSpan([NaN], 0.02)).toBeNull();
  });
});
