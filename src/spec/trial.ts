// Trying augmentations out on one picture, before they are in the recipe.
import type { PreviewTarget } from "./dataReport";
import type { Choice } from "./recipe";

export interface TrialRequest {
  readonly item: number;
  /** What is tried; may differ from what the block was prepared with. */
  readonly augment: readonly Choice[];
  /** Random draws of all together; each alone, at its two ends; the eight ways to lay a square. */
  readonly view: TrialView;
  /** Draws again. */
  readonly shuffle: number;
}

export type TrialView = "draws" | "each" | "eight";

export interface TrialPicture {
  /** The augmentation that is seen alone; "" where none is. */
  readonly group: string;
  /** What was done: "−10", "mirrored", "Draw 3". */
  readonly caption: string;
  readonly image: ImageBitmap;
  /** Mask or points, moved along. */
  readonly target?: PreviewTarget;
}
