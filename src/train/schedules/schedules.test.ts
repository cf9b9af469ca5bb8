// Schedules against fastai's numbers.
import { describe, expect, it } from "vitest";
import { hasShared, readSharedJson } from "../../testing/shared";
import { oneCycle } from "./oneCycle";
import type { OneCycleOptions } from "./oneCycle";
import { combine, constant, cosine, exponential, linear } from "./schedule";

const relative = (actual: number, expected: number) => Math.abs(actual / expected - 1);

describe("schedules", () => {
  it("begin, pass the middle and end where they should", () => {
    const points = (schedule: (pct: number) => number) => [0, 0.5, 1].map(schedule);
    expect(points(linear(2, 4))).toEqual([2, 3, 4]);
    expect(points(cosine(2, 4))).toEqual([2, 3, 4]);
    expect(points(exponential(1, 100))).toEqual([1, 10, 100]);
    expect(points(constant(7))).toEqual([7, 7, 7]);
  });

  it("combine gives a border to the part that ends there", () => {
    const schedule = combine([{ share: 0.25, schedule: linear(0, 1) }, { share: 0.75, schedule: linear(5, 8) }]); // prettier-ignore
    expect([0, 0.125, 0.25, 0.5, 1].map(schedule)).toEqual([0, 0.5, 1, 6, 8]);
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
