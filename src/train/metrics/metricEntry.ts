// A metric in the list of metrics: how it describes itself, and how it is made.
import type { MetricEntry } from "../../spec/catalog";
import type { ChoiceParam, NumberParam, ParamValue } from "../../spec/params";
import type { Metric, MetricContext } from "./metric";

export interface MetricEntryWithMake extends MetricEntry {
  /** `options` hold the fields of `params`, complete. */
  make(options: Readonly<Record<string, ParamValue>>, context: MetricContext): Metric;
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

/** The field of F-beta. */
export const betaParam: NumberParam = {
  kind: "number",
  id: "beta",
  label: "Beta",
  help: "1 weighs right and found alike; 2 weighs finding everything higher.",
  default: 2,
  min: 0.1,
  max: 10,
  step: 0.1,
};

const averages = {
  macro: "every class alike",
  micro: "every item alike",
  weighted: "classes by their size",
  binary: "class 1 alone (of two)",
} as const;

/** How the classes' scores become one. */
export function averageParam(kinds: readonly (keyof typeof averages)[]): ChoiceParam {
  return {
    kind: "choice",
    id: "average",
    label: "Average over classes",
    help: "Macro counts every class alike, however rare. Micro counts every item alike. Weighted counts classes by how many items they have.",
    default: kinds[0] as string,
    options: kinds.map((id) => ({ id, label: `${id}: ${averages[id]}` })),
  };
}
