// How many pictures of a batch the device can take at once, and what is said where that is not all of them.
import type { Problem } from "../base/problem";
import { stepMemory } from "../nn/models/describeModel";
import type { GroupedModel } from "../nn/models/cnn";
import { problem } from "../spec/problems";
import type { Recipe } from "../spec/recipe";
import { budgetOf, evenPart, itemsAtOnce, stepBytes, type StepCost } from "../spec/stepMemory";
import type { LiveRun } from "./liveRun";
import { activeGpu } from "../tensor/backend";
import type { Learner } from "../train/learner";

/** What a step of the recipe costs for pictures of this shape, and how many of them fit; on the processor all do. */
export function stepCost(
  { data, train }: Recipe,
  model: GroupedModel,
  input: readonly [number, number, number],
): StepCost {
  const memory = stepMemory(model, input);
  const limits = activeGpu()?.device.limits;
  const buffer = Math.min(limits?.maxBufferSize ?? Infinity, limits?.maxStorageBufferBindingSize ?? Infinity);
  const { batchSize } = data;
  const atOnce = limits ? itemsAtOnce(memory, batchSize, { budget: budgetOf(train.memory), buffer }) : batchSize;
  return {
    size: [input[0], input[1]],
    bytes: stepBytes(memory, batchSize),
    atOnce,
    bytesAtOnce: stepBytes(memory, batchSize, atOnce),
  };
}

/** Half as many pictures at once as there were, or null where the network needs as many. */
export function halfAtOnce(learner: Learner): number | null {
  const { model, data, atOnce } = learner;
  const { batchSize } = data.train;
  const before = Math.min(atOnce, batchSize);
  const after = evenPart(batchSize, Math.ceil(before / 2), stepMemory(model, data.inputShape).least);
  return after < before ? after : null;
}

const amount = (bytes: number): string =>
  bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;

/** Says that a step is computed in parts, with the button that lets it take as much as it needs. */
export function partsProblem({ data, train }: Recipe, { size, bytes, atOnce }: StepCost): Problem {
  const [height, width] = size;
  const enough = Math.ceil(bytes / 1e8) / 10;
  const fits = bytes <= budgetOf(train.memory);
  return problem("MEMORY_PARTS", {
    detail: fits
      ? `One buffer of this GPU does not hold ${data.batchSize} pictures of ${height} × ${width} pixels, so ${atOnce} are computed at a time and together make one step. Batch norms see those ${atOnce}.`
      : `${data.batchSize} pictures of ${height} × ${width} pixels at once would take about ${amount(bytes)}, so ${atOnce} are computed at a time and together make one step. Batch norms see those ${atOnce}.`,
    mend: [
      { label: "All right", action: { do: "dismiss" } },
      ...(fits
        ? []
        : [{ label: `Let a step take ${enough} GB`, action: { do: "setRecipe", path: "train.memory", value: enough } } as const]), // prettier-ignore
    ],
  });
}

/** Says that the run goes on with fewer pictures at once, with the button that keeps it so. */
export function halvedProblem({ recipe, learner }: LiveRun, atOnce: number): Problem {
  const bytes = stepBytes(stepMemory(learner.model, learner.data.inputShape), recipe.data.batchSize, atOnce);
  const value = Math.max(0.1, Math.ceil(bytes / 1e8) / 10);
  return problem("MEMORY_HALVED", {
    detail: `The run went back to its last save and goes on with ${atOnce} at a time; a step still learns from the whole batch.`,
    mend: [
      { label: "All right", action: { do: "dismiss" } },
      { label: `Let a step take ${value} GB from now on`, action: { do: "setRecipe", path: "train.memory", value } },
    ],
  });
}
