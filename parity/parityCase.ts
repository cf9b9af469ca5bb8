// What a parity case is: a name, what of the reference it accounts for, and the numbers it puts side by side.
import type { Device } from "../src/tensor/device";
import type { Reference } from "./reference";
import type { Tolerance } from "./tolerances";

/** Numbers, or words (names, shapes) where only equality counts. */
export type Values = ArrayLike<number> | readonly string[];

export interface Quantity {
  /** Quantities of one name in one case share a line: "gradient of every parameter". */
  readonly quantity: string;
  /** Which of them it is, named when it is the worst. */
  readonly item?: string;
  readonly actual: Values;
  readonly expected: Values;
  /** For tolerances that measure "scaled": what an error of 1 is, for each value. */
  readonly scale?: ArrayLike<number>;
  readonly tolerance: Tolerance;
}

export interface Context {
  readonly device: Device;
  readonly reference: Reference;
}

export interface ParityCase {
  /** `family/what`: what `--only` looks in. */
  readonly name: string;
  /** On a software GPU, "light": seconds at most; "middling": up to half a minute, left out where it is slow; "heavy": in the full suite only. */
  readonly cost: "light" | "middling" | "heavy";
  /** Entries of the reference that this case answers for: `file.json#key`, `file.safetensors#tensor`, or a file. */
  readonly covers: readonly string[];
  run(context: Context): AsyncIterable<Quantity> | Iterable<Quantity>;
}

/** Makes the cases that a reference directory asks for; an absent file makes none. */
export type Family = (reference: Reference) => readonly ParityCase[];
