// Labels never touch, and stay within the chart.
import { expect, it } from "vitest";
import { axisTicks, spacedLabels } from "./axisTicks";

it("marks only whole numbers where that is asked", () => {
  expect(axisTicks({ whole: true }, { low: 0, high: 2 }, 4)).toEqual([0, 1, 2]);
  expect(axisTicks({}, { low: 0, high: 2 }, 4)).toEqual([0, 0.5, 1, 1.5, 2]);
});

it("leaves out labels without room and pulls the last one inside", () => {
  const labels = spacedLabels(
    [0, 1, 2, 10],
    (value) => `${value}00000`,
    (value) => 20 + value * 30,
    325,
  );
  expect(labels.map(({ value }) => value)).toEqual([0, 2, 10]);
  const last = labels[labels.length - 1];
  expect((last?.at ?? 0) + (7 * 6.63) / 2).toBeLessThanOrEqual(325);
});
