// A line stays short while it grows, and loses neither its peaks nor its ends.
import { array, assert, double, property } from "fast-check";
import { describe, expect, it } from "vitest";
import type { BatchRow } from "../spec/run";
import { toyRow } from "../testing/toyAnswers";
import { appendRows, MAX_POINTS, thinRows } from "./liveRows";

const extremes = (rows: readonly BatchRow[]) => {
  const losses = rows.map((row) => row.loss);
  return [Math.min(...losses), Math.max(...losses), rows[0]?.step, rows.at(-1)?.step];
};

describe("a live line", () => {
  it("keeps its smallest and largest loss, its first and last step, its order, and at most 1,500 points", () => {
    const chunk = array(double({ min: 0, max: 10, noNaN: true }), { minLength: 1, maxLength: 700 });
    assert(
      property(array(chunk, { minLength: 1, maxLength: 8 }), (chunks) => {
        const all: BatchRow[] = [];
        let line: BatchRow[] = [];
        for (const losses of chunks) {
          const rows = losses.map((loss, at) => toyRow(all.length + at, loss));
          all.push(...rows);
          line = appendRows(line, rows);
        }
        const steps = line.map((row) => row.step);
        expect(line.length).toBeLessThanOrEqual(MAX_POINTS);
        expect(steps).toEqual([...steps].sort((a, b) => a - b));
        expect(extremes(line)).toEqual(extremes(all));
      }),
      { numRuns: 60 },
    );
  });

  it("is replaced from the step at which a resumed run goes on", () => {
    const line = appendRows([], [toyRow(0), toyRow(1), toyRow(2), toyRow(3)]);
    expect(appendRows(line, [toyRow(2, 9)]).map((row) => [row.step, row.loss])).toEqual([
      [0, 1],
      [1, 1],
      [2, 9],
    ]);
  });

  it("is left as it is while it is short", () => {
    const rows = [toyRow(0, 3), toyRow(1, 2)];
    expect(thinRows(rows, 2)).toEqual(rows);
  });
});
