// Modules one after the other; a ReLU right after a batch norm is fused into it.
import type { Tensor } from "@tensorflow/tfjs-core";
import { Module } from "../module";
import type { Shape, Visit } from "../module";
import { BatchNorm } from "./batchNorm";
import { ReLU } from "./relu";

export class Sequential extends Module {
  readonly kind: string = "Sequential";
  readonly layers: readonly Module[];

  /** Names are 0, 1, 2, … unless given, as in PyTorch. */
  constructor(layers: readonly (Module | readonly [string, Module])[]) {
    super();
    this.layers = layers.map((layer, i) =>
      layer instanceof Module ? this.add(`${i}`, layer) : this.add(layer[0], layer[1]),
    );
  }

  override forward(x: Tensor): Tensor {
    let y = x;
    for (let i = 0; i < this.layers.length; i += 1) {
      const layer = this.layers[i] as Module;
      if (layer instanceof BatchNorm && this.layers[i + 1] instanceof ReLU) {
        y = layer.forward(y, { relu: true });
        i += 1;
      } else y = layer.forward(y);
    }
    return y;
  }

  override trace(input: Shape, visit: Visit, name: string): Shape {
    let shape = input;
    for (const [child, module] of this.children()) {
      shape = module.trace(shape, visit, name === "" ? child : `${name}.${child}`);
    }
    return shape;
  }
}
