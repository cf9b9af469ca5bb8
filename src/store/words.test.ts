// What a person reads: numbers, the progress line, the tabs, the best metric, and how often it is read out.
import { describe, expect, it } from "vitest";
import type { MetricInfo } from "../spec/catalog";
import { RECIPES } from "../spec/recipes";
import { toyCatalog, toyEpoch, toyProgress, toyReport, toySummary } from "../testing/toyAnswers";
import { bestMetric } from "./bestMetric";
import {
  fitText,
  formatBytes,
  formatCount,
  formatDuration,
  formatLoss,
  formatRate,
  formatShort,
  plural,
} from "./formatNumbers";
import { createAnnouncer, progressParts } from "./progressText";
import { freeColor, newRun, runName, withSummary } from "./runs";
import { tabNumbers, totalEpochs } from "./tabNumbers";

const shapes = RECIPES["shapes"]!;
const info = (id: string, better: "higher" | "lower"): MetricInfo => ({ id, label: id, unit: "", better });

describe("numbers", () => {
  it.each([
    [formatCount(12431), "12,431"],
    [formatShort(21_800_000), "21.8 M"],
    [formatShort(325_000), "325 k"],
    [formatDuration(42_400), "0:42"],
    [formatDuration(3_800_000), "1:03:20"],
    [formatBytes(598_000_000), "598 MB"],
    [formatBytes(1_300_000_000), "1.3 GB"],
    [formatLoss(0.41234), "0.412"],
    [fitText(0.87631), "0.876"],
    [fitText(-1131.22), "-1131"],
    [formatLoss(0.00001), "1.0e-5"],
    [formatLoss(NaN), "not a number"],
    [formatRate(0.00123), "1.2e-3"],
    [formatRate(0.01), "1e-2"],
    [plural(1, "class", "classes"), "1 class"],
    [plural(37, "class", "classes"), "37 classes"],
  ])("%s", (shown, expected) => {
    expect(shown).toBe(expected);
  });
});

describe("the progress line", () => {
  it("names place, time, speed, loss, rate and memory in this order", () => {
    const { place, time, numbers } = progressParts(toyProgress);
    expect([place, time, ...numbers].join(" · ")).toBe(
      "Epoch 3/10 · batch 41/250 · 41 % · 2:10 elapsed · ~3:05 left · 312 img/s · loss 0.412 · lr 1.2e-3 · GPU 1.3 GB",
    );
  });

  it("leaves out what is not known, and names the phase", () => {
    const unknown = { ...toyProgress, left: null, itemsPerSecond: null, loss: null, lr: null, gpuBytes: null };
    expect(progressParts({ ...unknown, phase: "compiling shaders" })).toEqual({
      place: "Compiling shaders …",
      time: "2:10 elapsed",
      numbers: [],
    });
  });

  it("is read out at most every 20 seconds, and at once when training is paused", () => {
    let now = 0;
    const announce = createAnnouncer(() => now);
    const said = (seconds: number, phase: typeof toyProgress.phase) => {
      now = seconds * 1000;
      return announce({ ...toyProgress, phase }) !== null;
    };
    expect([said(0, "training"), said(5, "training"), said(19, "validating"), said(21, "training")]).toEqual([
      true,
      false,
      false,
      true,
    ]);
    expect([said(22, "paused"), said(23, "paused")]).toEqual([true, false]);
  });
});

describe("the best metric", () => {
  it("goes by the direction that the metric declares", () => {
    const epochs = [toyEpoch(0, 0.5), toyEpoch(1, 0.2), toyEpoch(2, 0.4)];
    expect(bestMetric({ metrics: [info("accuracy", "higher")], epochs })).toMatchObject({ value: 0.5, line: 0 });
    expect(bestMetric({ metrics: [info("errorRate", "lower")], epochs })).toMatchObject({ value: 0.2, line: 1 });
  });

  it("is the validation loss where there is no metric, and nothing before the first epoch", () => {
    expect(bestMetric({ metrics: [], epochs: [toyEpoch(0, 1)] })).toMatchObject({
      value: 0.4,
      info: { id: "validLoss" },
    });
    expect(bestMetric({ metrics: [info("accuracy", "higher")], epochs: [] })).toBeNull();
  });

  it("passes over values that are not numbers", () => {
    const epochs = [toyEpoch(0, NaN), toyEpoch(1, 0.3)];
    expect(bestMetric({ metrics: [info("accuracy", "higher")], epochs })?.value).toBe(0.3);
  });
});

describe("the tabs", () => {
  it("carry live numbers", () => {
    const begun = newRun("r", shapes, toyCatalog, []);
    const run = { ...withSummary(begun, toySummary("r")), recipe: shapes };
    const summary = {
      parameters: 21_800_000,
      trainableFrozen: 0,
      layers: [],
      groups: [],
      macs: 0,
      memoryBytes: 0,
      steps: [],
    };
    expect(tabNumbers({ report: toyReport, summary, run })).toEqual({
      data: "12",
      model: "21.8 M",
      train: `2/${totalEpochs(shapes)}`,
      inspect: "90.0 %",
    });
  });

  it("say nothing while nothing is known", () => {
    expect(Object.values(tabNumbers({ report: null, summary: null, run: null })).join("")).toBe("");
  });
});

describe("a new run", () => {
  it("gets a name that is free and the colour used least", () => {
    const name = runName(shapes, []);
    expect(runName(shapes, [name])).toBe(`${name} · 2`);
    const first = newRun("a", shapes, toyCatalog, []);
    const second = newRun("b", shapes, toyCatalog, [first]);
    expect([first.color, second.color, freeColor([first, second])]).toEqual([0, 1, 2]);
    expect(first.metrics.map((metric) => metric.label)).toEqual(["Accuracy", "Error rate"]);
  });
});
