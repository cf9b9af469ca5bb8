// Inverted dropout whose mask is a function of the step's seed and the layer's place, so that a resumed run repeats it.
import type { Tensor } from "@tensorflow/tfjs-core";
import { dropout } from "../../kernels/dropout";
import type { Module, Shape } from "../module";
import { Masking } from "./masking";

export class Dropout extends Masking {
  readonly kind = "Dropout";
  readonly p: number;

  constructor(p: number) {
    super();
    this.p = p;
  }

  override forward(x: Tensor): Tensor {
    return this.training && this.p > 0 ? dropout(x, { p: this.p, ...this.draw() }) : x;
  }

  override outputShape(input: Shape): Shape {
    return input;
  }
}

/** Gives every layer that drops something the seed of a step, and a stream of its own. */
export function seedDropout(model: Module, seed: number): void {
  let stream = 0;
  for (const [, module] of model.namedModules()) {
    if (!(module instanceof Masking)) continue;
    module.seed = seed;
    module.stream = stream;
    module.draws = 0;
    stream += 1;
  }
}
