// The generator gives the values that the reference states.
import { describe, expect, it } from "vitest";
import { summarise, uniform } from "./uniform";

describe("uniform", () => {
  it("gives the reference's check values", () => {
    const values = uniform("input:resnet18", [4]);
    [-0.89835525, 0.56375337, -0.39019707, -0.08205811].forEach((value, i) =>
      expect(values[i]).toBe(Math.fround(value)),
    );
  });

  it("differs with the salt and is summarised by mean, length and first values", () => {
    expect(uniform("a", [4], "x")).not.toEqual(uniform("a", [4]));
    expect(summarise([3, 4, 0, 0, 0])).toEqual({ mean: 1.4, l2: 5, first: [3, 4, 0, 0] });
  });
});
