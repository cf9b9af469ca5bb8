// The head's widths are read as a person writes them.
import { describe, expect, it } from "vitest";
import { parseWidths } from "./parseWidths";

describe("hidden layers as text", () => {
  it("takes commas, blanks, or nothing at all", () => {
    expect(["512", "512, 128", "512 128;64", " "].map(parseWidths)).toEqual([[512], [512, 128], [512, 128, 64], []]);
  });

  it("refuses what is no list of widths", () => {
    expect(["a", "-3", "1.5", "0", "99999", "1,2,3,4,5,6,7,8,9"].map(parseWidths)).toEqual(Array(6).fill(null));
  });
});
