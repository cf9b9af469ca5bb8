// fastai's learning-rate argument: one number, or a slice spread over the layer groups.
import type { LearningRate } from "../spec/recipe";

/**
 * One rate a group: lr → the same for all; {stop} → stop/10 for all but the last (fastai `slice(stop)`);
 * {start, stop} → evenly spaced in the logarithm (`slice(start, stop)`).
 */
export function learningRates(lr: LearningRate, groups: number): number[] {
  if (typeof lr === "number") return Array<number>(groups).fill(lr);
  if (!("start" in lr)) return Array.from({ length: groups }, (_, i) => (i === groups - 1 ? lr.stop : lr.stop / 10));
  if (groups === 1) return [lr.stop];
  const factor = (lr.stop / lr.start) ** (1 / (groups - 1));
  return Array.from({ length: groups }, (_, i) => lr.start * factor ** i);
}
