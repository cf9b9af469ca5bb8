// How weights fit, in words: what is taken, what would start fresh, and what was done to make it fit.
import { expect, it } from "vitest";
import type { WeightsReport } from "../spec/run";
import { fitNotes, fitRows, fitSentence } from "./fitWords";

const report: WeightsReport = {
  ...{ name: "a.pth", fit: "partial", matched: 2, names: ["0.0.weight", "0.1.bias"], extra: ["fc.weight"] },
  missing: ["0.7.0.conv1.weight"],
  misshapen: [{ name: "1.8.weight", expected: [3, 8], found: [10, 8] }],
  ...{ unfolded: 1, adaptedChannels: 1, path: "state_dict", taken: false, better: null, problems: [] },
  preprocessing: { normalize: "caffe", bgr: true, source: "stated" },
} as const;

it("lists what needs attention first", () => {
  expect(fitRows(report).map(({ name, state }) => `${name}: ${state}`)).toEqual([
    "1.8.weight: other shape",
    "0.7.0.conv1.weight: missing",
    "fc.weight: left over",
    "0.0.weight: fits",
    "0.1.bias: fits",
  ]);
  expect(fitRows(report)[0]?.note).toBe("10 × 8 in the file, 3 × 8 in the model");
});

it("says how much fits, and whether it is taken yet", () => {
  const say = (change: Partial<WeightsReport>): string => fitSentence({ ...report, ...change }, "ResNet-18");
  expect(say({})).toBe("2 of 4 tensors of ResNet-18 are in the file; the other 2 would start from random numbers.");
  expect(say({ fit: "head", taken: true })).toMatch(/^The body fits: 2 of 4 tensors\. .* so it starts from random/);
  expect(say({ fit: "whole", missing: [], misshapen: [] })).toBe("All 2 tensors of ResNet-18 are in the file.");
  expect(say({ fit: "none" })).toBe("Nothing in this file fits the body of ResNet-18.");
});

it("notes what was done to make it fit", () => {
  expect(fitNotes(report)).toHaveLength(4);
  expect(fitNotes({ ...report, path: "", unfolded: 0, adaptedChannels: null, preprocessing: null })).toEqual([]);
});
