// A path goes through every point that can be drawn, in order.
import { expect, it } from "vitest";
import { linePath } from "./linePath";

const x = ([at]: readonly [number, number | null]): number => at;
const y = ([, down]: readonly [number, number | null]): number | null => down;

it("bridges what has no value", () => {
  expect(
    linePath(
      [
        [0, 1],
        [1, null],
        [2, NaN],
        [3.14159, 2.25],
      ],
      x,
      y,
    ),
  ).toBe("M0 1L3.1 2.3");
});

it("is empty without a value", () => {
  expect(linePath([[0, null]], x, y)).toBe("");
});
