// A metric in the list of metrics: how it describes itself, and how it is made.
import type { MetricEntry } from "../../spec/catalog";
import type { NumberParam, ParamValue } from "../../spec/params";
import type { Metric } from "./metric";

export interface MetricEntryWithMake extends MetricEntry {
  /** `options` hold the fields of `params`, complete. */
  make(options: Readonly<Record<string, ParamValue>>): Metric;
}

/** The field "a label counts as predicted above this probability". */
export function threshParam(value: number): NumberParam {
  return {
    kind: "number",
    id: "thresh",
    label: "Threshold",
    help: "A label counts as predicted when its probability is above this.",
    default: value,
    min: 0,
    max: 1,
    step: 0.01,
  };
}
