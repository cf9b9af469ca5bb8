// The model's table: layers, parameters, groups, work and memory, without running it.
import type { LayerSummary, ModelSummary } from "../../spec/run";
import type { LayerTrace, Module } from "../module";
import type { GroupedModel } from "./cnn";

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);

/** Layers whose output is kept for the gradient; a ReLU after a batch norm or a convolution is part of it. */
const keepsOutput = new Set(["Conv1d", "Conv2d", "BatchNorm2d", "BatchNorm1d", "MaxPool2d", "Linear", "MergeLayer"]);

/** Layer table of a model for items of `input` [H, W, C]; memory is for a training step with AdamW at `batchSize`. */
export function describeModel(
  model: GroupedModel,
  input: readonly [number, number, number],
  batchSize: number,
): ModelSummary {
  const groupOf = new Map<Module, number>();
  model.groups.forEach((group, index) => {
    for (const module of group.modules) for (const [, below] of module.namedModules()) groupOf.set(below, index);
  });
  const traces: LayerTrace[] = [];
  model.trace(input, (trace) => void traces.push(trace), "");
  const layers = traces.map(({ name, layer, outputShape }): LayerSummary => ({
    name,
    kind: layer.kind,
    outputShape,
    parameters: layer.parameterCount,
    group: groupOf.get(layer) ?? model.groups.length - 1,
  }));
  const last = model.groups.length - 1;
  const trainableFrozen = traces.reduce((sum, { layer }, i) => {
    const inHead = layers[i]?.group === last;
    const norm = layer.kind.startsWith("BatchNorm");
    return inHead || norm ? sum + layer.parameterCount : sum;
  }, 0);
  const kept = traces.filter(({ layer }) => keepsOutput.has(layer.kind));
  const activations = kept.reduce((sum, { outputShape }) => sum + sizeOf(outputShape), 0);
  // Values, gradient and two moments of each parameter; what the backward pass keeps, and as much again for its gradients.
  const memoryBytes = 4 * (4 * model.parameterCount + batchSize * (2 * activations + sizeOf(input)));
  return {
    parameters: model.parameterCount,
    trainableFrozen,
    layers,
    groups: model.groups.map(({ name }) => name),
    macs: traces.reduce((sum, { macs }) => sum + macs, 0),
    memoryBytes,
  };
}
