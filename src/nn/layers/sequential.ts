// Modules one after the other; a ReLU right after a batch norm or a biased convolution is fused into it.
import type { Tensor } from "@tensorflow/tfjs-core";
import { scope } from "../../tensor/scope";
import { Module } from "../module";
import type { Shape, Visit } from "../module";
import { BatchNorm } from "./batchNorm";
import { ConvBase } from "./convBase";
import { ReLU } from "./relu";

const takesRelu = (layer: Module): layer is BatchNorm | ConvBase =>
  layer instanceof BatchNorm || (layer instanceof ConvBase && layer.bias !== null);

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
    return this.forwardKeeping(x, []).y;
  }

  /**
   * Also gives the outputs of the layers at `places`, which the caller disposes. All other steps between are freed as
   * soon as the next is there; what a gradient needs of them, it holds itself.
   */
  forwardKeeping(x: Tensor, places: readonly number[]): { y: Tensor; kept: ReadonlyMap<number, Tensor> } {
    const kept = new Map<number, Tensor>();
    let y = x;
    for (let i = 0; i < this.layers.length; i += 1) {
      const layer = this.layers[i] as Module;
      const before = y;
      const fused = takesRelu(layer) && this.layers[i + 1] instanceof ReLU && !places.includes(i) ? layer : null;
      // What a layer makes on its way goes when it is done; what a gradient needs, the tape keeps.
      y = scope("layer", () => (fused ? fused.forward(before, { relu: true }) : layer.forward(before)));
      if (fused) i += 1;
      if (before !== y && before !== x && ![...kept.values()].includes(before)) before.dispose();
      if (places.includes(i)) kept.set(i, y);
    }
    return { y, kept };
  }

  override trace(input: Shape, visit: Visit, name: string): Shape {
    let shape = input;
    for (const [child, module] of this.children()) {
      shape = module.trace(shape, visit, name === "" ? child : `${name}.${child}`);
    }
    return shape;
  }
}
