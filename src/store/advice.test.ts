// Advice follows what the numbers show.
import { describe, expect, it } from "vitest";
import type { BatchRow, EpochRow } from "../spec/run";
import { advise } from "./advice";

const rows = (losses: readonly number[]): BatchRow[] =>
  losses.map((loss, step) => ({ step, stage: 0, epoch: 0, loss, smooth: loss, lr: 0.01, momentum: 0.9 }));
const epochs = (pairs: readonly (readonly [number, number | null])[]): EpochRow[] =>
  pairs.map(([trainLoss, validLoss], epoch) => ({
    stage: 0,
    epoch,
    step: epoch,
    trainLoss,
    validLoss,
    metrics: [],
    seconds: 1,
  }));
const going = (pairs: readonly (readonly [number, number | null])[]) =>
  advise({ rows: rows([1]), epochs: epochs(pairs), status: "running" });

describe("advice", () => {
  it("is silent before there is anything to see", () => {
    expect(advise({ rows: [], epochs: [], status: "running" })).toBeNull();
    expect(going([[1, 1]])).toBeNull();
  });

  it("warns when validation rises twice while training falls, not at the first time", () => {
    expect(
      going([
        [1, 0.5],
        [0.9, 0.55],
      ])?.tone,
    ).toBe("neutral");
    expect(
      going([
        [1, 0.5],
        [0.9, 0.55],
        [0.8, 0.6],
      ]),
    ).toMatchObject({ tone: "warn", text: expect.stringContaining("2 epochs") as string });
  });

  it("warns of a loss that is no number or that explodes", () => {
    expect(advise({ rows: rows([1, NaN]), epochs: [], status: "running" })?.text).toContain("no longer a number");
    const climb = [...Array.from({ length: 40 }, () => 0.5), 2];
    expect(advise({ rows: rows(climb), epochs: [], status: "running" })?.text).toContain("too high");
  });

  it("says when it gets better, and when a finished run has room left", () => {
    expect(
      going([
        [1, 0.5],
        [0.6, 0.4],
      ])?.tone,
    ).toBe("good");
    expect(
      advise({
        rows: rows([1]),
        epochs: epochs([
          [1, 0.5],
          [0.9, 0.4],
        ]),
        status: "finished",
      })?.text,
    ).toContain("there is room");
    const ended = (validLoss: number) =>
      advise({
        rows: rows([1]),
        epochs: epochs([
          [0.5, 0.5],
          [0.4, 0.45],
          [0.35, validLoss],
        ]),
        status: "finished",
      })?.text;
    expect(ended(0.4)).toContain("ended at its lowest");
    expect(ended(0.46)).toContain("was lowest, 0.450 after epoch 1, and is 0.460 now");
    expect(going([[1, null]])?.text).toContain("no validation set");
  });
});
