// The preview is the schedule that training follows: fastai's numbers, whatever the options.
import { describe, expect, it } from "vitest";
import type { Stage } from "../spec/recipe";
import { hasShared, readSharedJson } from "../testing/shared";
import { batchesPerEpoch, oneCycleAt, schedulePreview } from "./schedulePreview";

type OneCycle = Extract<Stage, { do: "fitOneCycle" }>;
interface Curve {
  readonly lr: readonly number[];
  readonly mom: readonly number[];
}
if (!hasShared) console.log("skipped: the reference numbers (../shared/reference) are not here");

describe("the schedule before it runs", () => {
  it.each([
    [0, 4e-4, 0.95],
    [1, 4.262949e-4, 0.949726],
    [15, 5.2e-3, 0.9],
    [30, 1e-2, 0.85],
    [65, 5.00002e-3, 0.9],
    [99, 5.074647e-6, 0.94995],
  ])("step %i of 100 at a top of 0.01 has fastai's rate and momentum", (i, lr, momentum) => {
    const at = oneCycleAt({ do: "fitOneCycle", epochs: 1, lr: 0.01 }, i, 100);
    expect(at.lr / lr).toBeCloseTo(1, 5);
    expect(at.momentum).toBeCloseTo(momentum, 5);
  });

  it.skipIf(!hasShared)("follows fastai's reference curves with every option (1e-6 relative)", async () => {
    const { one_cycle } = await readSharedJson<{ one_cycle: Record<string, Curve> }>("reference/training.json");
    for (const [key, curve] of Object.entries(one_cycle)) {
      const o = JSON.parse(key) as Record<string, number> & { moms?: [number, number] };
      const stage: OneCycle = {
        do: "fitOneCycle",
        epochs: 1,
        lr: o["lr_max"] ?? 0,
        ...(o["pct_start"] === undefined ? {} : { pctStart: o["pct_start"] }),
        ...(o["div_factor"] === undefined ? {} : { div: o["div_factor"] }),
        ...(o["final_div"] === undefined ? {} : { divFinal: o["final_div"] }),
        ...(o.moms === undefined ? {} : { moms: o.moms }),
      };
      curve.lr.forEach((lr, i) => {
        const at = oneCycleAt(stage, i, o["n"] ?? 0);
        expect(Math.abs(at.lr / lr - 1)).toBeLessThan(1e-6);
        expect(Math.abs(at.momentum / (curve.mom[i] ?? NaN) - 1)).toBeLessThan(1e-6);
      });
    }
  });

  it("counts the batches of all fits, and none for freezing or searching", () => {
    const preview = schedulePreview(
      [
        { do: "freeze" },
        { do: "lrFind" },
        { do: "fitOneCycle", epochs: 5, lr: 0.01 },
        { do: "fit", epochs: 2, lr: { stop: 1e-3 } },
      ],
      506,
    );
    expect(preview).toMatchObject({ batches: 3542, epochs: 7 });
    expect(preview.spans).toEqual([
      { stage: 2, from: 0, steps: 2530 },
      { stage: 3, from: 2530, steps: 1012 },
    ]);
    expect(preview.points).toHaveLength(160);
    expect(preview.points.at(-1)).toEqual({ step: 3541, stage: 3, lr: 1e-3, momentum: 0.9 });
    expect(schedulePreview([], 10)).toEqual({ points: [], spans: [], batches: 0, epochs: 0 });
  });

  it("drops the last partial batch, but never the only one", () => {
    expect([batchesPerEpoch(32_384, 64), batchesPerEpoch(10, 16), batchesPerEpoch(0, 16)]).toEqual([506, 1, 0]);
  });
});
