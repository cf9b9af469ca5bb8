// Schedules against fastai's numbers.
import { describe, expect, it } from "vitest";
import { hasShared, readSharedJson } from "../../testing/shared";
import { oneCycle } from "./oneCycle";
import type { OneCycleOptions } from "./oneCycle";
import { fitSchedule } from "./fitStages";
import { SCHEDULES, scheduleOfKind } from "./kinds";
import { combine, constant, cosine, exponential, linear, polynomial, restarts, steps, triangular } from "./schedule";

const relative = (actual: number, expected: number) => Math.abs(actual / expected - 1);

describe("schedules", () => {
  it("begin, pass the middle and end where they should", () => {
    const points = (schedule: (pct: number) => number) => [0, 0.5, 1].map(schedule);
    expect(points(linear(2, 4))).toEqual([2, 3, 4]);
    expect(points(cosine(2, 4))).toEqual([2, 3, 4]);
    expect(points(exponential(1, 100))).toEqual([1, 10, 100]);
    expect(points(constant(7))).toEqual([7, 7, 7]);
    expect(points(polynomial(1, 5, 2))).toEqual([1, 2, 5]);
  });

  it("combine gives a border to the part that ends there", () => {
    const schedule = combine([{ share: 0.25, schedule: linear(0, 1) }, { share: 0.75, schedule: linear(5, 8) }]); // prettier-ignore
    expect([0, 0.125, 0.25, 0.5, 1].map(schedule)).toEqual([0, 0.5, 1, 6, 8]);
  });
});

describe("cyclical learning rates", () => {
  it("are the paper's formula at every iteration, also halved and shrinking", () => {
    const [base, top, size, n] = [0.001, 0.006, 25, 200];
    for (let i = 0; i < n; i += 1) {
      const cycle = Math.floor(1 + i / (2 * size));
      const x = Math.abs(i / size - 2 * cycle + 1);
      const rise = (top - base) * Math.max(0, 1 - x);
      expect(triangular(base, top, size / n)(i / n)).toBeCloseTo(base + rise, 12);
      const fields = { half: size / 50, div: top / base };
      const lrOf = (kind: string, more = {}) => scheduleOfKind({ kind, ...fields, ...more }, 4).lr(top)(i / n);
      expect(lrOf("triangular2")).toBeCloseTo(base + rise / 2 ** (cycle - 1), 12);
      expect(lrOf("expRange", { gamma: 0.5 })).toBeCloseTo(base + rise * 0.5 ** (i / 50), 12);
    }
  });
});

describe("other schedules", () => {
  it("steps drop exactly where an epoch begins", () => {
    const at = (i: number) => steps(1, 2 / 6, 0.1)(i / 60);
    expect([0, 19, 20, 39, 40, 59].map(at)).toEqual([1, 1, 0.1, 0.1, 0.1 ** 2, 0.1 ** 2]);
  });

  it("warm restarts begin anew with every cycle (SGDR)", () => {
    const schedule = fitSchedule({ do: "fitSgdr", cycles: 3, cycleLen: 1, cycleMult: 2, lr: 1 }, 70).lr(1);
    const expected = (i: number) => {
      const [from, length] = i < 10 ? [0, 10] : i < 30 ? [10, 20] : [30, 40];
      return (1 + Math.cos((Math.PI * (i - from)) / length)) / 2;
    };
    for (let i = 0; i < 70; i += 1) expect(schedule(i / 70)).toBeCloseTo(expected(i), 9);
    expect(restarts([1], linear(1, 0))(1)).toBe(0);
  });

  it("flat-cos is fastai v2's: flat for three quarters, then a cosine to a hundred thousandth", () => {
    const { lr, momentum } = fitSchedule({ do: "fitFlatCos", epochs: 1, lr: 1 }, 100);
    expect([0, 0.5, 0.75].map(lr(1))).toEqual([1, 1, 1]);
    expect(lr(1)(0.875)).toBeCloseTo((1 + 1e-5) / 2, 9);
    expect(lr(1)(1)).toBeCloseTo(1e-5, 12);
    expect(momentum(0.5)).toBe(0.9);
  });

  it("every kind begins and ends at its divisors and never leaves their range", () => {
    for (const { id } of SCHEDULES) {
      const schedule = scheduleOfKind({ kind: id }, 8).lr(0.1);
      const values = Array.from({ length: 81 }, (_, i) => schedule(i / 80));
      expect(Math.max(...values), id).toBeLessThanOrEqual(0.1 + 1e-12);
      expect(Math.min(...values), id).toBeGreaterThan(0);
    }
  });
});

describe("oneCycle", () => {
  it("gives fastai v1's values for 100 steps to 0.01", () => {
    const { lr, momentum } = oneCycle(100);
    const golden = [
      [0, 4e-4, 0.95],
      [15, 5.2e-3, 0.9],
      [30, 1e-2, 0.85],
      [65, 5.00002e-3, 0.9],
    ] as const;
    for (const [step, expectedLr, expectedMomentum] of golden) {
      expect(relative(lr(0.01)(step / 100), expectedLr)).toBeLessThan(1e-9);
      expect(relative(momentum(step / 100), expectedMomentum)).toBeLessThan(1e-9);
    }
    // These are stated to seven digits.
    expect(relative(lr(0.01)(0.01), 4.262949e-4)).toBeLessThan(1e-6);
    expect(relative(lr(0.01)(0.99), 5.074647e-6)).toBeLessThan(1e-6);
  });

  it.skipIf(!hasShared)("equals fastai's record of whole runs within 1e-9", async () => {
    type Run = { lr: number[]; mom: number[] };
    const { one_cycle } = await readSharedJson<{ one_cycle: Record<string, Run> }>("reference/training.json");
    for (const [key, run] of Object.entries(one_cycle)) {
      const { n, lr_max, pct_start, div_factor, final_div, moms } = JSON.parse(key) as { n: number; lr_max: number; pct_start?: number; div_factor?: number; final_div?: number; moms?: [number, number] }; // prettier-ignore
      const options: OneCycleOptions = {
        ...(pct_start === undefined ? {} : { pctStart: pct_start }),
        ...(div_factor === undefined ? {} : { div: div_factor }),
        ...(final_div === undefined ? {} : { divFinal: final_div }),
        ...(moms === undefined ? {} : { moms }),
      };
      const cycle = oneCycle(n, options);
      run.lr.forEach((lr, i) => expect(relative(cycle.lr(lr_max)(i / n), lr)).toBeLessThan(1e-9));
      run.mom.forEach((momentum, i) => expect(relative(cycle.momentum(i / n), momentum)).toBeLessThan(1e-9));
    }
  });
});
