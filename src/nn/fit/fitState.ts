// Makes a file's state fit a model: names, folded batch norms, the first convolution; and says what does not.
import type { FitReport, WeightsFit } from "../../spec/run";
import type { HostTensor, StateDict } from "../stateDict";
import { adaptFirstConv, turnChannels } from "./firstConv";
import { firstConvOf, fitNames, type Shapes } from "./fitNames";
import { unfoldNorms } from "./foldedNorms";

export interface FittedState {
  /** Under our names; what fits in name and shape can be loaded. */
  readonly state: StateDict;
  readonly report: FitReport;
}

export interface FitOptions {
  /** What the report calls the file. */
  readonly name: string;
  /** The file's first convolution sees blue, green, red. */
  readonly bgr: boolean;
}

const isHead = (name: string): boolean => name.startsWith("1.") || (name.startsWith("layers.") && !name.startsWith("layers.0.")); // prettier-ignore
const isCounter = (name: string): boolean => name.endsWith("num_batches_tracked");

/** "whole": everything fits. "head": only the new layers start fresh. "partial": some of the body does. "none". */
function verdictOf(matched: readonly string[], gaps: readonly string[]): WeightsFit {
  const body = matched.filter((name) => !isHead(name) && !isCounter(name));
  if (body.length === 0) return "none";
  if (gaps.length === 0) return "whole";
  return gaps.every(isHead) ? "head" : "partial";
}

/** The state of a file for a model with these names and shapes. */
export function fitState(file: StateDict, wanted: Shapes, { name, bgr }: FitOptions): FittedState {
  const { names } = fitNames(new Map([...file].map(([key, { shape }]) => [key, shape])), wanted);
  const renamed = new Map([...file].map(([key, tensor]): [string, HostTensor] => [names.get(key) ?? key, tensor]));
  const { state: unfolded, norms } = unfoldNorms(renamed, wanted);
  const state = new Map(unfolded);
  const first = firstConvOf(wanted);
  const stem = first === null ? undefined : state.get(first);
  const channels = first === null ? 0 : (wanted.get(first)?.[1] ?? 0);
  if (first !== null && stem) state.set(first, adaptFirstConv(bgr ? turnChannels(stem) : stem, channels));

  const matched: string[] = [];
  const missing: string[] = [];
  const misshapen: { name: string; expected: number[]; found: number[] }[] = [];
  for (const [key, expected] of wanted) {
    const tensor = state.get(key);
    // Files from before PyTorch 0.4 and many converters leave the counters out; nothing depends on them.
    if (!tensor) {
      if (!isCounter(key)) missing.push(key);
    } else if (tensor.shape.join() === expected.join()) matched.push(key);
    else misshapen.push({ name: key, expected: [...expected], found: [...tensor.shape] });
  }
  const extra = [...state.keys()].filter((key) => !wanted.has(key));
  const fit = verdictOf(matched, [...missing, ...misshapen.map((entry) => entry.name)]);
  const adapted = stem !== undefined && stem.shape[1] === 3 && channels !== 3 ? channels : null;
  return {
    state,
    report: {
      name,
      fit,
      matched: matched.length,
      names: matched,
      missing,
      extra,
      misshapen,
      unfolded: norms.length,
      adaptedChannels: adapted,
    },
  };
}
