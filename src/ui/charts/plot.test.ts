// Values become pixels and back; lines skip what is missing; the cursor finds the nearest value.
import { describe, expect, it } from "vitest";
import { agreementSpans } from "./AgreementPlot";
import { linePath, nearestWith } from "./linePath";
import { plotArea } from "./plotArea";

const box = { left: 40, top: 10, width: 100, height: 50 };

describe("the plot", () => {
  it("maps linear and log axes both ways", () => {
    const area = plotArea(
      box,
      { low: 1e-4, high: 1, log: true },
      { low: 0, high: 2, log: false },
      { low: 1, high: 3, log: false },
    );
    expect(area.toX(1e-2)).toBeCloseTo(90, 9);
    expect(area.fromX(area.toX(3e-3))).toBeCloseTo(3e-3, 12);
    expect([area.toY(0), area.toY(2), area.toRightY(2)]).toEqual([60, 10, 35]);
  });

  it("an axis without length does not divide by zero", () => {
    const area = plotArea(box, { low: 3, high: 3, log: false }, { low: 1, high: 1, log: true });
    expect([area.toX(3), area.toY(1)]).toEqual([40, 60]);
  });

  it("draws through the points that have a value", () => {
    const points = [1, null, NaN, 0, 3].map((y, x) => ({ x, y }));
    const path = (toY: (y: number) => number) =>
      linePath(
        points,
        ({ x }) => x * 10,
        ({ y }) => y,
        toY,
      );
    expect(path((y) => y)).toBe("M0.0,1.0L30.0,0.0L40.0,3.0");
    expect(path(Math.log)).toBe("M0.0,0.0L40.0,1.1");
    expect(
      linePath(
        [],
        () => 0,
        () => 1,
        (y) => y,
      ),
    ).toBe("");
  });

  it("finds the nearest value on either side", () => {
    const points = [null, 1, null, null, 2, null].map((y, x) => ({ x, y }));
    const at = (x: number) =>
      nearestWith(
        points,
        (p) => p.x,
        (p) => p.y,
        x,
      )?.x;
    expect([-5, 1.4, 2.4, 2.6, 9].map(at)).toEqual([1, 1, 1, 4, 4]);
    expect(
      nearestWith(
        [{ x: 1, y: null }],
        (p) => p.x,
        (p) => p.y,
        1,
      ),
    ).toBeNull();
  });

  it("of model against truth keeps every dot off its axes, and its diagonal a diagonal", () => {
    const points = [{ truth: 10, answer: 30 }, { truth: 20, answer: -10 }]; // prettier-ignore
    const both = { low: -12, high: 32 };
    expect(agreementSpans(points, false)).toEqual({ x: both, y: both });
    expect(agreementSpans(points, true)).toEqual({ x: { low: 9.5, high: 20.5 }, y: { low: -32.5, high: 22.5 } });
    // Zero, where right answers lie, is in sight though every answer is too high.
    expect(agreementSpans([{ truth: 1, answer: 11 }], true).y).toEqual({ low: -0.5, high: 10.5 });
    expect(agreementSpans([], false).x).toEqual({ low: -0.05, high: 1.05 });
  });
});
