// A network without its classifier, and what one needs to know to build on it.
import type { Sequential } from "../layers/sequential";

export interface Body {
  /** What fastai's `create_body` leaves: names of its parameters begin with `0.` in a classifier. */
  readonly module: Sequential;
  /** The parts that shrink the picture one after the other: `module` itself, or its only child `features`. */
  readonly stages: Sequential;
  /** Channels that leave it. */
  readonly features: number;
  /** The first part of every layer group after the first, as fastai splits them for learning rates. */
  readonly splits: readonly number[];
}
