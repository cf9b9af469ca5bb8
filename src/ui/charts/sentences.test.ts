// The sentences say what the numbers say.
import { describe, expect, it } from "vitest";
import type { BatchRow, EpochRow } from "../../spec/run";
import { finderSentence, lossSentence, metricSentence, ratesSentence } from "./sentences";

const row = (step: number, smooth: number, lr = 0.01): BatchRow => ({
  step,
  stage: 0,
  epoch: 0,
  loss: smooth,
  smooth,
  lr,
  momentum: 0.95,
});
const epoch = (epoch: number, validLoss: number | null): EpochRow => ({
  stage: 0,
  epoch,
  step: (epoch + 1) * 10,
  trainLoss: 1,
  validLoss,
  metrics: [],
  seconds: 1,
});
const rows = [row(0, 0.41), row(10, 0.5, 0.02), row(20, 0.091)];

describe("sentences", () => {
  it("tell where the loss went and whether validation is at its best", () => {
    expect(lossSentence([], [])).toBe("No step has been taken yet.");
    expect(lossSentence(rows, [])).toBe("Training loss fell from 0.410 to 0.091.");
    expect(lossSentence(rows, [epoch(0, 0.2), epoch(1, 0.094)])).toBe(
      "Training loss fell from 0.410 to 0.091; validation 0.094 after epoch 1, its best so far.",
    );
    expect(lossSentence(rows, [epoch(0, 0.1), epoch(1, 0.2)])).toContain(
      "validation 0.200 after epoch 1, best 0.100 after epoch 0.",
    );
    expect(lossSentence([row(0, 1), row(1, 1.001)], [])).toBe("Training loss stayed at 1.001.");
    expect(lossSentence([row(0, 1), row(1, NaN)], [])).toContain("to not a number");
  });

  it("tell the rates", () => {
    expect(ratesSentence(rows)).toBe("Learning rate now 1e-2, at most 2e-2 at step 10; momentum now 0.950.");
  });

  it("tell what the finder found", () => {
    const found = {
      stage: 0,
      lrs: [1e-3, 1e-2, 1e-1],
      losses: [2, 1, 5],
      suggestions: [{ id: "valley", lr: 5e-3, loss: 1.5 }],
      stopped: "diverged",
    } as const;
    expect(finderSentence(found)).toBe(
      "The loss is lowest, 1.000, at a rate of 1e-2; the search stopped where the loss exploded. The valley rule suggests 5e-3.",
    );
  });

  it("compare runs by the metric's better way", () => {
    const info = { id: "errorRate", label: "Error rate", unit: "%", better: "lower" } as const;
    expect(metricSentence(info, [])).toBe("Error rate has not been measured yet.");
    expect(metricSentence(info, [{ name: "a", values: [0.3, null, 0.1] }])).toBe(
      "Error rate fell from 30.0 % to 10.0 %, best 10.0 %.",
    );
    expect(
      metricSentence(info, [
        { name: "a", values: [0.3, 0.2] },
        { name: "b", values: [0.15] },
      ]),
    ).toBe("Error rate of a fell from 30.0 % to 20.0 %; the best of 2 runs is 15.0 % by b.");
  });
});
