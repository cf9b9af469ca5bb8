// The four rules on curves whose answer is known.
import { describe, expect, it } from "vitest";
import { minimum, slide, steep, suggestLearningRates, valley } from "./lrSuggestions";

const n = 85;
const lrs = Array.from({ length: n }, (_, i) => 1e-7 * 10 ** (i / 12));

describe("learning-rate rules", () => {
  it("valley takes one third and a sixth into the longest fall", () => {
    const losses = lrs.map((_, i) => (i < 20 ? 3 : i < 50 ? 3 - 0.05 * (i - 19) : 1 + 0.2 * (i - 49)));
    // 30 falling points and one flat one before them: length 31, end 49, start 18, section 31/3, index 18 + 10 + 5.
    expect(valley({ lrs, losses })).toBe(lrs[33]);
  });

  it("steep takes the largest drop per ln(lr), minimum a tenth of the best", () => {
    const losses = lrs.map((_, i) => (i <= 40 ? 2 : i <= 41 ? 1.5 : i < 60 ? 1.4 - 0.01 * i : 3));
    expect(steep({ lrs, losses })).toBe(lrs[41]);
    const best = losses.indexOf(Math.min(...losses));
    expect(minimum({ lrs, losses })).toBe((lrs[best] as number) / 10);
  });

  it("slide stops where the slopes at both ends of its window agree", () => {
    const losses = lrs.map((_, i) => (i < 60 ? 2 : 2 + 0.1 * (i - 60) ** 2));
    const lr = slide({ lrs, losses });
    const index = lrs.indexOf(lr);
    // The window's right end must have reached the flat part: slopes 0 and 0.
    expect(index).toBeLessThan(60 - 15 + 3);
    expect(index).toBeGreaterThan(60 - 15 - 3);
  });

  it("trims the ends, puts each suggestion on the curve, and says nothing of a short curve", () => {
    const losses = lrs.map((_, i) => 2 + Math.cos(i / 20));
    const all = suggestLearningRates(lrs, losses, 100);
    expect(all.map(({ id }) => id)).toEqual(["valley", "steep", "minimum", "slide"]);
    for (const { lr, loss } of all) {
      expect(lr).toBeGreaterThan(0);
      expect(loss).toBeGreaterThanOrEqual(1);
      expect(loss).toBeLessThanOrEqual(3);
    }
    expect(suggestLearningRates(lrs.slice(0, 12), losses.slice(0, 12), 100)).toEqual([]);
  });
});
