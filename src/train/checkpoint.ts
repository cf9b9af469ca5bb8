// Takes and restores the tensors of a run, bit for bit.
import type { Tensor } from "@tensorflow/tfjs-core";
import type { Module } from "../nn/module";
import { readTensors } from "../nn/readTensors";
import type { Optimizer } from "../optim/optimizer";
import { writeTensor } from "../tensor/writeTensor";
import type { SavedTensor } from "./learnerState";

type Named = readonly (readonly [string, Tensor])[];

function modelTensors(model: Module): Named {
  return [
    ...model.namedParameters().map(([name, { tensor }]) => [`model.${name}`, tensor] as const),
    ...model
      .namedBuffers()
      .flatMap(([name, buffer]) => (buffer.kind === "tensor" ? [[`model.${name}`, buffer.tensor] as const] : [])),
  ];
}

function optimizerTensors(optimizer: Optimizer | null): Named {
  return (optimizer?.state() ?? []).map(([name, tensor]) => [`optimizer.${name}`, tensor] as const);
}

const carriedPrefix = (module: string): string => `carried.${module}/`;

function carriedTensors(model: Module): Named {
  return model
    .namedModules()
    .flatMap(([name, module]) =>
      [...module.carried()].map(([key, tensor]) => [carriedPrefix(name) + key, tensor] as const),
    );
}

/** Gives hidden states back; a state that has none begins with zeros. */
function takeCarried(model: Module, tensors: ReadonlyMap<string, SavedTensor>): void {
  for (const [name, module] of model.namedModules()) {
    const prefix = carriedPrefix(name);
    const own = [...tensors].filter(([key]) => key.startsWith(prefix));
    module.takeCarried(new Map(own.map(([key, saved]) => [key.slice(prefix.length), saved])));
  }
}

/** Parameters, running statistics, moments and hidden states as they are now. */
export async function readState(model: Module, optimizer: Optimizer | null): Promise<Map<string, SavedTensor>> {
  const named = [...modelTensors(model), ...optimizerTensors(optimizer), ...carriedTensors(model)];
  const values = await readTensors(named.map(([, tensor]) => tensor));
  return new Map(named.map(([name, { shape }], i) => [name, { shape: [...shape], data: values[i] as Float32Array }]));
}

/** Writes them back; throws when the state is of another model or optimizer (our own bug: the caller keeps them apart). */
export function writeState(
  model: Module,
  optimizer: Optimizer | null,
  tensors: ReadonlyMap<string, SavedTensor>,
): void {
  for (const [name, tensor] of [...modelTensors(model), ...optimizerTensors(optimizer)]) {
    const saved = tensors.get(name);
    if (!saved || saved.shape.join() !== tensor.shape.join())
      throw new Error(`the saved state does not fit at ${name}`);
    writeTensor(tensor, saved.data);
  }
  takeCarried(model, tensors);
}

/** Numbers of batches that each batch norm has seen. */
export function readCounters(model: Module): Record<string, number> {
  return Object.fromEntries(
    model.namedBuffers().flatMap(([name, buffer]) => (buffer.kind === "counter" ? [[name, buffer.value]] : [])),
  );
}

export function writeCounters(model: Module, counters: Readonly<Record<string, number>>): void {
  for (const [name, buffer] of model.namedBuffers()) {
    if (buffer.kind === "counter") buffer.value = counters[name] ?? 0;
  }
}
