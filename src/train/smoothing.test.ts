// The smoothed loss, with fastai's numbers.
import { describe, expect, it } from "vitest";
import { hasShared, readSharedJson } from "../testing/shared";
import { createSmoothing } from "./smoothing";

describe("createSmoothing", () => {
  it("corrects the start: 1, 2, 3 give 1, 1.505051, 2.013468", () => {
    const smoothing = createSmoothing();
    const values = [1, 2, 3].map((x) => smoothing.add(x));
    [1, 1.505051, 2.013468].forEach((value, i) => expect(values[i]).toBeCloseTo(value, 6));
  });

  it("goes on from a kept state as if never stopped, and is NaN before the first value", () => {
    const [a, b] = [createSmoothing(), createSmoothing()];
    expect(a.value).toBeNaN();
    a.add(3);
    b.restore(a.state);
    expect(b.add(5)).toBe(a.add(5));
  });

  it.skipIf(!hasShared)("equals fastai's over seventy losses", async () => {
    const { smooth } = await readSharedJson<{ smooth: { beta: number; losses: number[]; smoothed: number[] } }>("reference/training.json"); // prettier-ignore
    const smoothing = createSmoothing(smooth.beta);
    smooth.losses.forEach((loss, i) =>
      expect(Math.abs(smoothing.add(loss) / (smooth.smoothed[i] as number) - 1)).toBeLessThan(1e-12),
    );
  });
});
