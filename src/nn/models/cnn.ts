// An image classifier: a body that turns pictures into features, and fastai's head on top of it.
import type { Module } from "../module";
import { Sequential } from "../layers/sequential";

/** Modules that freeze together and share a learning rate, from the input on. */
export interface LayerGroup {
  readonly name: string;
  readonly modules: readonly Module[];
}

/** A model whose layers are grouped for discriminative learning rates. */
export interface GroupedModel extends Module {
  readonly groups: readonly LayerGroup[];
}

/** fastai's `nn.Sequential(body, head)`: names begin with 0. and 1. */
export class Cnn extends Sequential implements GroupedModel {
  readonly body: Sequential;
  readonly head: Sequential;
  readonly groups: readonly LayerGroup[];

  /** `cut`: the first `cut` stages of the body are the first group (6 for ResNets: up to layer2). */
  constructor(body: Sequential, head: Sequential, cut: number, stages: Sequential = body) {
    super([body, head]);
    this.body = body;
    this.head = head;
    this.groups = [
      { name: "Early layers", modules: stages.layers.slice(0, cut) },
      { name: "Late layers", modules: stages.layers.slice(cut) },
      { name: "Head", modules: [head] },
    ];
  }
}
