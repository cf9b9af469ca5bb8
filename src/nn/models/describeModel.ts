// The model's table: layers, parameters, groups, work and memory, without running it.
import type { LayerSummary, ModelSummary } from "../../spec/run";
import { stepBytes, type StepMemory } from "../../spec/stepMemory";
import type { LayerTrace, Module } from "../module";
import type { GroupedModel } from "./cnn";

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);

/** Layers whose output is kept for the gradient; a ReLU after a batch norm or a convolution is part of it. */
const keepsOutput = new Set(["Conv1d", "Conv2d", "BatchNorm2d", "BatchNorm1d", "MaxPool2d", "Linear", "MergeLayer"]);

type Input = readonly [number, number, number];

function tracesOf(model: GroupedModel, input: Input): LayerTrace[] {
  const traces: LayerTrace[] = [];
  model.trace(input, (trace) => void traces.push(trace), "");
  return traces;
}

/** What a training step with AdamW takes; `stepMemory.gpu.test.ts` holds it beside what was measured. */
export function stepMemory(model: GroupedModel, input: Input, traces = tracesOf(model, input)): StepMemory {
  const sizes = traces.map(({ outputShape }) => sizeOf(outputShape));
  const activations = traces.reduce((sum, { layer }, i) => (keepsOutput.has(layer.kind) ? sum + (sizes[i] ?? 0) : sum), 0); // prettier-ignore
  return {
    weights: 4 * model.parameterCount,
    // What the backward pass keeps, and as much again for its gradients.
    perItem: 4 * (2 * activations + sizeOf(input)),
    largest: 4 * Math.max(sizeOf(input), ...sizes),
    least: traces.some(({ layer }) => layer.kind === "BatchNorm1d") ? 2 : 1,
  };
}

/** Layer table of a model for items of `input` [H, W, C]; memory is for a training step with AdamW at `batchSize`. */
export function describeModel(model: GroupedModel, input: Input, batchSize: number): Omit<ModelSummary, "steps"> {
  const groupOf = new Map<Module, number>();
  model.groups.forEach((group, index) => {
    for (const module of group.modules) for (const [, below] of module.namedModules()) groupOf.set(below, index);
  });
  const traces = tracesOf(model, input);
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
  return {
    parameters: model.parameterCount,
    trainableFrozen,
    layers,
    groups: model.groups.map(({ name }) => name),
    macs: traces.reduce((sum, { macs }) => sum + macs, 0),
    memoryBytes: stepBytes(stepMemory(model, input, traces), batchSize),
  };
}
