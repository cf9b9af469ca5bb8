// The base of every network part, after PyTorch's: named children, parameters and buffers, and a forward pass.
import type { Tensor } from "@tensorflow/tfjs-core";
import { keep } from "../tensor/scope";
import type { Parameter } from "./parameter";

export type Shape = readonly number[];

/** State that is saved and not trained: a tensor (running_mean) or a whole number (num_batches_tracked). */
export type Buffer = { readonly kind: "tensor"; readonly tensor: Tensor } | Counter;

/** A tensor of `carried`, on the host. */
export interface CarriedValue {
  readonly shape: Shape;
  readonly data: Float32Array;
}

export interface Counter {
  readonly kind: "counter";
  value: number;
}

/** What a layer does to one item's shape, for the model's table. */
export interface LayerTrace {
  readonly name: string;
  readonly layer: Module;
  readonly outputShape: Shape;
  /** Multiply-adds for one item. */
  readonly macs: number;
}

export type Visit = (trace: LayerTrace) => void;

const join = (prefix: string, name: string): string => (prefix === "" ? name : `${prefix}.${name}`);

export abstract class Module {
  /** PyTorch's class name. */
  abstract readonly kind: string;
  /** Batch statistics and dropout are on; `train()` and `eval()` set it. */
  training = true;
  readonly #children = new Map<string, Module>();
  readonly #parameters = new Map<string, Parameter>();
  readonly #buffers = new Map<string, Buffer>();

  abstract forward(x: Tensor): Tensor;

  /** Shape of one item after this module, from [H, W, C] or [C]; tells `visit` of every layer inside, in order. */
  abstract trace(input: Shape, visit: Visit, name: string): Shape;

  protected add<M extends Module>(name: string, child: M): M {
    this.#children.set(name, child);
    return child;
  }

  protected addParameter(name: string, parameter: Parameter): Parameter {
    this.#parameters.set(name, parameter);
    return parameter;
  }

  protected addBuffer<B extends Buffer>(name: string, buffer: B): B {
    if (buffer.kind === "tensor") keep(buffer.tensor);
    this.#buffers.set(name, buffer);
    return buffer;
  }

  children(): ReadonlyMap<string, Module> {
    return this.#children;
  }

  /** This module and all below it with their full names, parents first. */
  namedModules(prefix = ""): [string, Module][] {
    const below = [...this.#children].flatMap(([name, child]) => child.namedModules(join(prefix, name)));
    return [[prefix, this], ...below];
  }

  /** In PyTorch's order and with its names: `layer1.0.conv1.weight`. A shared one comes once, under its first name. */
  namedParameters(): [string, Parameter][] {
    const seen = new Set<Parameter>();
    return this.savedParameters().filter(([, parameter]) => !seen.has(parameter) && seen.add(parameter));
  }

  /** Every name of a state dict: a shared parameter comes under each of its names. */
  savedParameters(): [string, Parameter][] {
    return this.namedModules().flatMap(([prefix, module]) =>
      [...module.#parameters].map(([name, parameter]): [string, Parameter] => [join(prefix, name), parameter]),
    );
  }

  parameters(): Parameter[] {
    return this.namedParameters().map(([, parameter]) => parameter);
  }

  namedBuffers(): [string, Buffer][] {
    return this.namedModules().flatMap(([prefix, module]) =>
      [...module.#buffers].map(([name, buffer]): [string, Buffer] => [join(prefix, name), buffer]),
    );
  }

  /** Training behaviour for this module and all below. */
  train(on = true): this {
    for (const [, module] of this.namedModules()) module.training = on;
    return this;
  }

  eval(): this {
    return this.train(false);
  }

  /** Forgets what a forward pass left for the next one: the hidden states of recurrent layers. */
  reset(): void {
    for (const child of this.#children.values()) child.reset();
  }

  /** What a forward pass left for the next one, by name; goes into a checkpoint, not into a state dict. */
  carried(): ReadonlyMap<string, Tensor> {
    return new Map();
  }

  /** Takes back what `carried` gave, its values on the host. */
  takeCarried(_values: ReadonlyMap<string, CarriedValue>): void {}

  /** Number of learnable values. */
  get parameterCount(): number {
    return this.parameters().reduce((sum, parameter) => sum + parameter.size, 0);
  }

  /** Frees all tensors. */
  dispose(): void {
    this.reset();
    for (const parameter of this.parameters()) parameter.tensor.dispose();
    for (const [, buffer] of this.namedBuffers()) if (buffer.kind === "tensor") buffer.tensor.dispose();
  }
}

/** A module without children that are layers of their own. */
export abstract class Layer extends Module {
  abstract outputShape(input: Shape): Shape;

  /** Multiply-adds for one item. */
  macs(_input: Shape): number {
    return 0;
  }

  override trace(input: Shape, visit: Visit, name: string): Shape {
    const outputShape = this.outputShape(input);
    visit({ name, layer: this, outputShape, macs: this.macs(input) });
    return outputShape;
  }
}
