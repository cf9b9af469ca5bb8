// The thinned line keeps peaks, order and ends.
import { describe, expect, it } from "vitest";
import { envelope } from "./envelope";

interface Point {
  readonly x: number;
  readonly y: number;
}
const thin = (points: readonly Point[], columns: number) =>
  envelope(
    points,
    columns,
    (p) => p.x,
    (p) => p.y,
  );

describe("the envelope", () => {
  it("keeps every peak and dip of ten thousand points in two points a column", () => {
    const points = Array.from({ length: 10_000 }, (_, x) => ({ x, y: x === 5_003 ? 9 : x === 5_007 ? -9 : x % 7 }));
    const kept = thin(points, 300);
    expect(kept.length).toBeLessThanOrEqual(602);
    expect(kept).toContainEqual({ x: 5_003, y: 9 });
    expect(kept).toContainEqual({ x: 5_007, y: -9 });
    expect(kept[0]).toBe(points[0]);
    expect(kept.at(-1)).toBe(points.at(-1));
    expect(kept.every((point, i) => i === 0 || point.x > (kept[i - 1]?.x ?? 0))).toBe(true);
  });

  it("leaves a short line as it is, and survives one point, none, and equal x", () => {
    const short = [
      { x: 0, y: 1 },
      { x: 1, y: 2 },
    ];
    expect(thin(short, 10)).toBe(short);
    expect(thin([], 10)).toEqual([]);
    const same = Array.from({ length: 50 }, (_, y) => ({ x: 3, y }));
    expect(thin(same, 2).length).toBeLessThanOrEqual(4);
  });
});
