// Brings a picture to the size of another by copying the nearest pixel; does nothing where the sizes agree.
import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import { nearestResize } from "../../kernels/nearestResize";
import { Layer } from "../module";
import type { Shape } from "../module";

export class NearestResize extends Layer {
  readonly kind = "Resize";

  override forward(x: Tensor, like: Tensor = x): Tensor {
    const [, height = 0, width = 0] = like.shape;
    return x.shape[1] === height && x.shape[2] === width ? x : nearestResize(x as Tensor4D, [height, width]);
  }

  override outputShape(input: Shape): Shape {
    return input;
  }
}
