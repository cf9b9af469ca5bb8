// Modules side by side, numbered from 0: a place in the names, not a way through (PyTorch's ModuleList).
import type { Tensor } from "@tensorflow/tfjs-core";
import { Module } from "../module";
import type { Shape } from "../module";

export class ModuleList<M extends Module> extends Module {
  readonly kind = "ModuleList";
  readonly items: readonly M[];

  constructor(items: readonly M[]) {
    super();
    this.items = items.map((item, i) => this.add(`${i}`, item));
  }

  override forward(_x: Tensor): Tensor {
    throw new Error("a list of modules has no forward pass of its own");
  }

  override trace(input: Shape): Shape {
    return input;
  }
}
