// How much memory of the GPU a training step takes, and how many of its pictures fit at once.

/** In bytes. */
export interface StepMemory {
  /** All weights once. */
  readonly weights: number;
  /** What one picture adds: what the way back needs of it, and the gradients of that. */
  readonly perItem: number;
  /** The largest tensor of one picture. */
  readonly largest: number;
  /** Pictures that the network cannot do with less of: two where it normalises over the batch alone. */
  readonly least: 1 | 2;
}

/** Gigabytes that a step may take where the recipe does not say. */
export const USUAL_MEMORY_GB = 4;

/** The weights, their gradients twice (as they arise, and side by side for the optimizer), and two moments. */
const COPIES = 5;

/** Bytes of a step over `batchSize` pictures, `atOnce` of them at a time. */
export function stepBytes({ weights, perItem }: StepMemory, batchSize: number, atOnce: number = batchSize): number {
  // The sum of the parts' gradients is one copy more.
  return weights * (atOnce < batchSize ? COPIES + 1 : COPIES) + perItem * Math.min(atOnce, batchSize);
}

export interface MemoryLimits {
  /** Bytes that a step may take in all. */
  readonly budget: number;
  /** Bytes that one buffer can have on this device. */
  readonly buffer: number;
}

/** The budget of a recipe's `train.memory`, in bytes. */
export const budgetOf = (gigabytes: number | undefined): number => (gigabytes ?? USUAL_MEMORY_GB) * 1e9;

/** The size of the largest part where a batch is cut evenly into parts of at most `most`, but no less than `least`. */
export function evenPart(batchSize: number, most: number, least: number): number {
  const parts = Math.min(Math.ceil(batchSize / Math.max(1, most)), Math.floor(batchSize / least));
  return Math.ceil(batchSize / Math.max(1, parts));
}

/** How many pictures of a batch are computed at once: all, or an even part of them. */
export function itemsAtOnce(memory: StepMemory, batchSize: number, { budget, buffer }: MemoryLimits): number {
  const { weights, perItem, largest, least } = memory;
  const inBuffer = largest > 0 ? Math.floor(buffer / largest) : batchSize;
  if (stepBytes(memory, batchSize) <= budget && inBuffer >= batchSize) return batchSize;
  const inBudget = Math.floor((budget - weights * (COPIES + 1)) / perItem);
  return evenPart(batchSize, Math.min(inBuffer, inBudget, batchSize - 1), least);
}

/** What a step costs at one picture size of the recipe's stages. */
export interface StepCost {
  /** Height and width. */
  readonly size: readonly [number, number];
  /** Bytes of the whole batch at once. */
  readonly bytes: number;
  /** Pictures that are computed at once within the budget. */
  readonly atOnce: number;
  /** Bytes with `atOnce` pictures at a time. */
  readonly bytesAtOnce: number;
}
