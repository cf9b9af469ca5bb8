// Inverted dropout whose mask is a function of the step's seed and the layer's place, so that a resumed run repeats it.
import type { Tensor } from "@tensorflow/tfjs-core";
import { dropout } from "../../kernels/dropout";
import { Layer } from "../module";
import type { Module, Shape } from "../module";

export class Dropout extends Layer {
  readonly kind = "Dropout";
  readonly p: number;
  /** Set before every step by `seedDropout`. */
  seed = 0;
  stream = 0;

  constructor(p: number) {
    super();
    this.p = p;
  }

  override forward(x: Tensor): Tensor {
    return this.training && this.p > 0 ? dropout(x, { p: this.p, seed: this.seed, stream: this.stream }) : x;
  }

  override outputShape(input: Shape): Shape {
    return input;
  }
}

/** Gives every dropout layer of a model the seed of a step, and a stream of its own. */
export function seedDropout(model: Module, seed: number): void {
  let stream = 0;
  for (const [, module] of model.namedModules()) {
    if (!(module instanceof Dropout)) continue;
    module.seed = seed;
    module.stream = stream;
    stream += 1;
  }
}
