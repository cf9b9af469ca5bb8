// What all layers that drop something share: a seed for the step, a stream of their own, and a new mask at each use.
import { Layer } from "../module";

export abstract class Masking extends Layer {
  /** Set before every step by `seedDropout`. */
  seed = 0;
  stream = 0;
  /** Masks drawn since then. */
  draws = 0;

  /** Names the next mask. A layer that is used several times in a step drops something else each time. */
  protected draw(): { seed: number; stream: number } {
    const { seed, stream } = this;
    const mask = { seed, stream: stream + this.draws * 4096 };
    this.draws += 1;
    return mask;
  }
}
