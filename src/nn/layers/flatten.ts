// Everything but the batch in one axis, [B, …] → [B, n].
import { reshape } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { Layer } from "../module";
import type { Shape } from "../module";

export class Flatten extends Layer {
  readonly kind = "Flatten";

  override forward(x: Tensor): Tensor {
    return x.rank === 2 ? x : reshape(x, [x.shape[0] as number, -1]);
  }

  override outputShape(input: Shape): Shape {
    return [input.reduce((product, length) => product * length, 1)];
  }
}
