// The trained model as a .safetensors file: PyTorch's names and layouts, with what is needed to use it in the notes.
import { withSize } from "../data/withSize";
import { writeSafetensors } from "../formats/safetensors/writeSafetensors";
import type { StateDict } from "../nn/stateDict";
import type { Recipe } from "../spec/recipe";

export interface WeightsFileParts {
  readonly state: StateDict;
  readonly recipe: Recipe;
  readonly vocab: readonly string[];
  /** Height, width, channels. */
  readonly inputShape: readonly [number, number, number];
  /** What pixels in [0, 1] are normalised by. */
  readonly stats: { readonly mean: readonly number[]; readonly std: readonly number[] } | null;
}

/** The file; `__metadata__` holds `format`, and `recipe`, `vocab` and `preprocessing` as JSON. */
export function weightsFile({ state, recipe, vocab, inputShape, stats }: WeightsFileParts): Blob {
  const preprocessing = {
    inputShape,
    layout: "NCHW",
    range: [0, 1],
    // At the size that was trained last (progressive resizing).
    transforms: withSize(recipe, inputShape[0]).data.transforms,
    normalize: recipe.data.normalize,
    mean: stats?.mean ?? null,
    std: stats?.std ?? null,
  };
  return writeSafetensors(state, {
    format: "pt",
    recipe: JSON.stringify(recipe),
    vocab: JSON.stringify(vocab),
    preprocessing: JSON.stringify(preprocessing),
  });
}
