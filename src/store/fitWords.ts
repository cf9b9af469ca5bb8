// How weights fit a model, in words and as the rows of a table.
import type { WeightsReport } from "../spec/run";
import { formatCount, plural } from "./formatNumbers";

export type FitState = "fits" | "missing" | "other shape" | "left over";

export interface FitRow {
  readonly name: string;
  readonly state: FitState;
  readonly note: string;
}

const shape = (lengths: readonly number[]): string => (lengths.length === 0 ? "one number" : lengths.join(" × "));

/** What needs attention first, what fits last. */
export function fitRows({ names, missing, misshapen, extra }: WeightsReport): FitRow[] {
  return [
    ...misshapen.map((one): FitRow => ({
      name: one.name,
      state: "other shape",
      note: `${shape(one.found)} in the file, ${shape(one.expected)} in the model`,
    })),
    ...missing.map((name): FitRow => ({
      name,
      state: "missing",
      note: "in the model only: starts from random numbers",
    })),
    ...extra.map((name): FitRow => ({ name, state: "left over", note: "in the file only: not used" })),
    ...names.map((name): FitRow => ({ name, state: "fits", note: "" })),
  ];
}

/** The one sentence above the table. */
export function fitSentence(report: WeightsReport, model: string): string {
  const { fit, matched, missing, misshapen } = report;
  const fresh = missing.length + misshapen.length;
  const of = `${formatCount(matched)} of ${plural(matched + fresh, "tensor")}`;
  if (fit === "whole") return `All ${plural(matched, "tensor")} of ${model} are in the file.`;
  if (fit === "head")
    return `The body fits: ${of}. The head was made for something else, so it ${report.taken ? "starts" : "would start"} from random numbers.`;
  if (fit === "partial")
    return `${of} of ${model} are in the file; the other ${formatCount(fresh)} ${report.taken ? "start" : "would start"} from random numbers.`;
  return `Nothing in this file fits the body of ${model}.`;
}

/** What was done to make it fit. */
export function fitNotes({ path, unfolded, adaptedChannels, preprocessing }: WeightsReport): string[] {
  return [
    ...(path === "" ? [] : [`Found under “${path}” in the checkpoint.`]),
    ...(unfolded === 0
      ? []
      : [
          `${plural(unfolded, "batch norm")} had been folded into the convolutions and ${unfolded === 1 ? "is" : "are"} put back.`,
        ]),
    ...(adaptedChannels === null ? [] : [`The first convolution is adapted from 3 channels to ${adaptedChannels}.`]),
    ...(preprocessing?.bgr === true
      ? ["The first convolution is turned from blue, green, red to red, green, blue."]
      : []),
  ];
}
