// Scores of masks, points and numbers against sums that were written down by hand.
import { describe, expect, it } from "vitest";
import type { ValueInterpretation } from "../../spec/run";
import { overlapOf } from "./overlap";
import { fileNumbers, fitOfEach, itemErrors, rSquared, valueErrors } from "./pointErrors";

describe("overlap", () => {
  // Truth in rows: class 0 has 8 pixels of which 6 are found, class 1 has 4 of which 3, class 2 is nowhere.
  const confusion = [6, 2, 0, 1, 3, 0, 0, 0, 0];

  it("counts what both have against what either has", () => {
    const { accuracy, meanIou, meanDice, classes } = overlapOf(confusion, 3);
    expect(accuracy).toBeCloseTo(9 / 12, 12);
    expect(classes.map(({ iou }) => iou)).toEqual([6 / 9, 3 / 6, null]);
    expect(classes.map(({ dice }) => dice)).toEqual([12 / 15, 6 / 9, null]);
    expect(meanIou).toBeCloseTo((6 / 9 + 3 / 6) / 2, 12);
    expect(meanDice).toBeCloseTo((12 / 15 + 6 / 9) / 2, 12);
  });

  it("leaves the void class out of everything, also what was wrongly taken for another class there", () => {
    const { accuracy, classes } = overlapOf([5, 1, 0, 0, 4, 0, 3, 3, 4], 3, 2);
    expect(accuracy).toBeCloseTo(9 / 10, 12);
    expect(classes.map(({ index }) => index)).toEqual([0, 1]);
    expect(classes[0]?.iou).toBeCloseTo(5 / 6, 12);
  });

  it("says nothing where there is nothing", () => {
    expect(overlapOf([0, 0, 0, 0], 2)).toMatchObject({ accuracy: null, meanIou: null, meanDice: null });
  });
});

describe("errors of points and numbers", () => {
  const common = { runId: "r", vocab: ["a"], items: Int32Array.of(0, 1), paths: ["a", "b"], losses: Float32Array.of(0, 0) }; // prettier-ignore

  it("of points are distances in pixels of each file", () => {
    const points: ValueInterpretation = {
      ...common,
      task: "points",
      targets: Float32Array.of(0, 0, 0.5, 0.5),
      values: Float32Array.of(0.25, 0, 0.5, 0),
      frames: Float32Array.of(0, 0, 40, 80, 0, 10, 20, 100, 60, 0),
    };
    const errors = valueErrors(points);
    expect([...errors.perItem]).toEqual([5, 15]);
    expect(errors.mean).toBe(10);
    expect(errors.median).toBe(10);
    expect(errors.perOutput).toEqual([10]);
    // The mean target is (0.25, 0.25): off by (5, 10) and by (12.5, 7.5) pixels.
    expect(errors.constant).toBeCloseTo((Math.hypot(5, 10) + Math.hypot(12.5, 7.5)) / 2, 6);
    // The second picture's model sees 100 × 60 pixels from row 10 and column 20 on.
    expect([...fileNumbers(points, points.targets, 1)]).toEqual([85, 65]);
    expect(itemErrors(points, 1)).toEqual([15]);
    // On a file that stores the second picture on its side, the same error runs down.
    const turned = { ...points, frames: Float32Array.of(0, 0, 40, 80, 0, 10, 20, 60, -100, 1) };
    expect([...valueErrors(turned).perItem]).toEqual([5, 15]);
    expect(itemErrors(turned, 1)).toEqual([15]);
    expect([...fileNumbers(turned, turned.targets, 1)]).toEqual([55, -55]);
  });

  it("of numbers are absolute", () => {
    const numbers: ValueInterpretation = {
      ...common,
      task: "regression",
      targets: Float32Array.of(1, 3),
      values: Float32Array.of(2, 3),
      frames: new Float32Array(),
    };
    expect(valueErrors(numbers)).toMatchObject({ mean: 0.5, constant: 1, rms: Math.SQRT1_2 });
    expect(rSquared(numbers.targets, numbers.values)).toBeCloseTo(0.5, 12);
  });

  it("of several numbers are explained each by itself: thrown together, their units alone would explain them", () => {
    const numbers = { items: Int32Array.of(0, 1), targets: Float32Array.of(1, 1000, 3, 3000), values: Float32Array.of(2, 2000, 2, 2000) }; // prettier-ignore
    expect(fitOfEach(numbers)).toEqual([0, 0]);
    expect(rSquared(numbers.targets, numbers.values)).toBeGreaterThan(0.6);
  });
});
