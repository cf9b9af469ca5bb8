// Steps map to epochs, across epochs of different length.
import { describe, expect, it } from "vitest";
import { epochMarks, runAxis, stageSteps, toEpochs } from "./epochAxis";

describe("the axis by epoch", () => {
  it("counts epochs of any length and goes on at the last pace", () => {
    const scale = toEpochs([{ step: 10 }, { step: 30 }]);
    expect([0, 5, 10, 20, 30, 40].map((step) => scale?.(step))).toEqual([0, 0.5, 1, 1.5, 2, 2.5]);
    expect(toEpochs([])).toBeNull();
  });

  it("marks where stages begin", () => {
    const row = (stage: number, step: number) => ({ stage, step, epoch: 0, loss: 1, smooth: 1, lr: 1, momentum: 1 });
    const starts = stageSteps([row(2, 0), row(2, 1), row(5, 2), row(5, 3)]);
    expect(starts).toEqual([
      { stage: 2, step: 0 },
      { stage: 5, step: 2 },
    ]);
    expect(epochMarks(starts, (step) => step)).toEqual([{ x: 2, label: "stage 6", dashed: true }]);
  });

  it("falls back to steps while there is no epoch to count", () => {
    expect(runAxis("epoch", [], 50).axis).toMatchObject({ label: "step", span: { low: 0, high: 50 } });
    const { axis, at } = runAxis("epoch", [{ step: 10 }], 25);
    expect([axis.label, axis.span?.high, at(5), axis.format(0.5)]).toEqual(["epoch", 2.5, 0.5, "0.5"]);
  });
});
