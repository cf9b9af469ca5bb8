// An image classifier: a body that turns pictures into features, and fastai's head on top of it.
import { Sequential } from "../layers/sequential";
import type { Module } from "../module";
import type { Body } from "./body";

/** Modules that freeze together and share a learning rate, from the input on. */
export interface LayerGroup {
  readonly name: string;
  readonly modules: readonly Module[];
}

/** A model whose layers are grouped for discriminative learning rates. */
export interface GroupedModel extends Module {
  readonly groups: readonly LayerGroup[];
}

/** fastai's groups: the body cut at its splits, then everything that is new for the task. */
export function layerGroups({ stages, splits }: Pick<Body, "stages" | "splits">, name: string, own: readonly Module[]) {
  const starts = [0, ...splits];
  const names = starts.length > 2 ? ["Early layers", "Middle layers", "Late layers"] : ["Early layers", "Late layers"];
  return [
    ...starts.map((start, i): LayerGroup => ({
      name: names[i] ?? "Late layers",
      modules: stages.layers.slice(start, starts[i + 1]),
    })),
    { name, modules: own },
  ];
}

/** fastai's `nn.Sequential(body, head)`: names begin with 0. and 1. */
export class Cnn extends Sequential implements GroupedModel {
  readonly body: Sequential;
  readonly head: Sequential;
  readonly groups: readonly LayerGroup[];

  constructor(body: Omit<Body, "features">, head: Sequential) {
    super([body.module, head]);
    this.body = body.module;
    this.head = head;
    this.groups = layerGroups(body, "Head", [head]);
  }
}
