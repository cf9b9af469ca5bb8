// Values become pixels and come back, on both kinds of axis.
import { expect, it } from "vitest";
import { plotArea, ROOM } from "./plotArea";

const box = { width: 300 + ROOM.left + 12, height: 100 + ROOM.top + ROOM.bottom, right: 12 };

it("spans the drawing from end to end, with y upwards", () => {
  const area = plotArea(box, { low: 0, high: 30 }, false, { low: -1, high: 1 }, false);
  expect([area.toX(0), area.toX(15), area.toX(30)]).toEqual([ROOM.left, ROOM.left + 150, ROOM.left + 300]);
  expect([area.toY(-1), area.toY(0), area.toY(1)]).toEqual([ROOM.top + 100, ROOM.top + 50, ROOM.top]);
  expect(area.toY(5)).toBe(ROOM.top);
});

it("gives each power of ten the same room on a logarithmic axis", () => {
  const area = plotArea(box, { low: 1e-6, high: 1 }, true, { low: 0.1, high: 10 }, true);
  expect(area.toX(1e-3)).toBeCloseTo(ROOM.left + 150, 6);
  expect(area.fromX(area.toX(3e-4))).toBeCloseTo(3e-4, 12);
  expect(area.toY(1)).toBeCloseTo(ROOM.top + 50, 6);
});
