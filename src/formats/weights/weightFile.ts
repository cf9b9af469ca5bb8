// What any weight file gives: one or more states, each a set of named tensors.
import type { Problem } from "../../base/problem";
import type { StoredTensor } from "../safetensors/readSafetensors";

export interface WeightState {
  /** Keys that lead to it in a checkpoint; empty where the file is nothing else. */
  readonly path: readonly string[];
  readonly tensors: ReadonlyMap<string, StoredTensor>;
}

export interface WeightFile {
  readonly metadata: ReadonlyMap<string, string>;
  /** The largest first; never undefined tensors, but perhaps none. */
  readonly states: readonly WeightState[];
  /** What was left out or changed on the way. */
  readonly problems: readonly Problem[];
}
