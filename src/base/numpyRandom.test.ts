// numpy's permutation, against values that numpy printed.
import { describe, expect, it } from "vitest";
import { numpyPermutation } from "./numpyRandom";

describe("numpyPermutation", () => {
  it("gives numpy's order of ten for seed 42", () => {
    expect([...numpyPermutation(10, 42)]).toEqual([8, 1, 5, 0, 7, 2, 9, 4, 3, 6]);
  });

  it("gives the Planet split of fastai: 8,095 of 40,479 for seed 42", () => {
    const order = numpyPermutation(40479, 42);
    expect([...order.slice(0, 6)]).toEqual([34602, 11243, 14499, 18918, 30631, 21503]);
    const valid = [...order.slice(0, Math.floor(0.2 * 40479))].sort((a, b) => a - b);
    expect(valid.length).toBe(8095);
    expect(valid.reduce((a, b) => a + b, 0)).toBe(163567548);
    expect(valid.slice(0, 6)).toEqual([1, 4, 7, 13, 23, 34]);
  });
});
