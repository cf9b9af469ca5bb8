// The preview is the schedule that training follows, since both take it from the same functions.
import { describe, expect, it } from "vitest";
import type { Stage } from "../spec/recipe";
import { batchesPerEpoch, schedulePreview } from "./schedulePreview";

describe("the schedule before it runs", () => {
  it("draws what training does, of every kind of fit", () => {
    const stages: Stage[] = [
      { do: "fitOneCycle", epochs: 1, lr: 0.01 },
      { do: "fitFlatCos", epochs: 2, lr: { stop: 0.004 } },
      { do: "fitSgdr", cycles: 2, cycleLen: 1, lr: 0.01 },
      { do: "fitSchedule", epochs: 4, lr: 0.01, schedule: { kind: "triangular", half: 1, div: 10 } },
    ];
    const { points, spans, epochs } = schedulePreview(stages, 100, 1000);
    expect(epochs).toBe(1 + 2 + 3 + 4);
    const at = (stage: number, step: number) => points.find((point) => point.stage === stage && point.step === (spans[stage]?.from ?? 0) + step); // prettier-ignore
    expect(at(0, 15)?.lr).toBeCloseTo(5.2e-3, 9);
    expect(at(0, 15)?.momentum).toBeCloseTo(0.9, 9);
    expect(at(1, 149)?.lr).toBe(0.004);
    expect(at(1, 199)?.lr).toBeLessThan(1e-5);
    expect([0, 50, 100, 200].map((step) => at(2, step)?.lr.toFixed(6))).toEqual(["0.010000", "0.005000", "0.010000", "0.005000"]); // prettier-ignore
    expect([0, 50, 100, 150, 200].map((step) => at(3, step)?.lr.toFixed(6))).toEqual(["0.001000", "0.005500", "0.010000", "0.005500", "0.001000"]); // prettier-ignore
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
