// fastai's slices, with fastai's numbers.
import { describe, expect, it } from "vitest";
import { hasShared, readSharedJson } from "../testing/shared";
import { learningRates } from "./learningRates";

const close = (actual: readonly number[], expected: readonly number[]) => {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, i) => expect(Math.abs(value / (expected[i] as number) - 1)).toBeLessThan(1e-12));
};

describe("learningRates", () => {
  it("one number is the same for every group", () => {
    expect(learningRates(0.01, 3)).toEqual([0.01, 0.01, 0.01]);
  });

  it("slice(stop) gives a tenth to all but the last group", () => {
    close(learningRates({ stop: 0.01 }, 3), [0.001, 0.001, 0.01]);
  });

  it("slice(start, stop) grows by equal factors", () => {
    close(learningRates({ start: 1e-5, stop: 1e-3 }, 3), [1e-5, 1e-4, 1e-3]);
    close(learningRates({ start: 1e-2 / 2.6 ** 4, stop: 1e-2 }, 5), [0, 1, 2, 3, 4].map((i) => 1e-2 / 2.6 ** (4 - i))); // prettier-ignore
    close(learningRates({ start: 1e-5, stop: 2e-3 }, 1), [2e-3]);
    expect(learningRates({ start: 1e-5, stop: 2e-3 }, 3)[1]).toBeCloseTo(1.41421e-4, 9);
  });

  it.skipIf(!hasShared)("agrees with fastai's lr_range", async () => {
    const { even_mults } = await readSharedJson<{ even_mults: Record<string, number[]> }>("reference/training.json");
    close(learningRates({ start: 1e-5, stop: 1e-3 }, 3), even_mults["slice(1e-5,1e-3),3"] ?? []);
    close(learningRates({ stop: 1e-3 }, 3), even_mults["slice(1e-3),3"] ?? []);
  });
});
