// From predictions to what the page needs to explain them.
import type { DataBlock } from "../data/dataBlock";
import { frameNumbers, wholeFrame } from "../data/transforms/frame";
import type { Recipe } from "../spec/recipe";
import type { Interpretation } from "../spec/run";
import type { Predictions } from "../train/predictAll";

interface Facts {
  readonly runId: string;
  readonly recipe: Recipe;
  readonly vocab: readonly string[];
  readonly block: DataBlock | null;
}

/** Predictions with paths, names and, for points, what their numbers span in pixels. */
export function interpretationOf(predictions: Predictions, { runId, recipe, vocab, block }: Facts): Interpretation {
  const { items, losses } = predictions;
  const common = { runId, vocab, items, losses, paths: Array.from(items, (item) => block?.itemPath(item) ?? "") };
  switch (predictions.kind) {
    case "classes": {
      const task = recipe.task === "multiLabel" ? "multiLabel" : "singleLabel";
      return { ...common, task, targets: predictions.targets, probabilities: predictions.probabilities };
    }
    case "masks": {
      const { size, targets, predicted, confusion } = predictions;
      return { ...common, task: "segmentation", size, targets, predicted, confusion };
    }
    case "values": {
      const task = recipe.task === "points" ? "points" : "regression";
      const frameOf = (item: number): readonly number[] =>
        frameNumbers(block?.itemFrame(item) ?? { ...wholeFrame({ width: 0, height: 0 }), turned: false });
      const frames = task === "points" ? Array.from(items, frameOf).flat() : [];
      const { targets, values } = predictions;
      return { ...common, task, targets, values, frames: Float32Array.from(frames) };
    }
  }
}
