// What the page may know about the data: sources, guesses, the six slots of the ribbon, previews.
import type { Problem } from "../base/problem";
import type { PackedMask } from "./packedMask";
import type { DataSpec, Task } from "./recipe";

export interface SourceInfo {
  readonly name: string;
  readonly kind: "directory" | "files" | "archive" | "sample";
  readonly files: number;
  readonly images: number;
  readonly tables: number;
  readonly bytes: number;
  /** Files that were passed over while indexing (junk, unreadable entries), by reason. */
  readonly problems: readonly Problem[];
}

/** What lies in a source, in short: to offer names while a person types, and to try patterns on. */
export interface SourceOutline {
  readonly folders: readonly string[];
  /** Tables and texts. */
  readonly files: readonly string[];
  readonly columns: readonly string[];
  /** Paths of pictures (or of texts where there are none), spread over the source. */
  readonly paths: readonly string[];
}

/** One way to read what was dropped, best first. */
export interface Guess {
  readonly id: string;
  readonly task: Task;
  /** One sentence for the banner: "Looks like image classification by folder: 37 classes, 7,390 images." */
  readonly title: string;
  readonly evidence: readonly string[];
  /** 0 to 1. */
  readonly score: number;
  readonly data: Pick<DataSpec, "items" | "labels" | "split"> &
    Partial<Pick<DataSpec, "transforms" | "augment" | "batchSize" | "channels">>;
  /** For numbers: between which the model's answers must lie, the labels and some room around them. */
  readonly yRange?: readonly [number, number];
  /** For masks: the class of pixels of which nobody knows what they are, so that scores leave them out. */
  readonly voidClass?: string;
}

export const SLOTS = ["source", "items", "labels", "split", "transforms", "batch"] as const;
export type SlotName = (typeof SLOTS)[number];

export interface SlotReport {
  readonly slot: SlotName;
  readonly state: "empty" | "ok" | "warning" | "error" | "waiting";
  /** The one fact, large: "40,479 images". */
  readonly headline: string;
  readonly detail: string;
  readonly problems: readonly Problem[];
}

export interface ClassCount {
  readonly label: string;
  readonly train: number;
  readonly valid: number;
}

/** A value (or colour `#rrggbb`) of the masks that stands for no class, and how many of the masks looked at hold it. */
export interface MaskValue {
  readonly value: string;
  readonly masks: number;
}

export interface SkippedItem {
  readonly path: string;
  readonly code: string;
  readonly reason: string;
}

/** What building the data block gave; `ready` when a run may start. */
export interface DataReport {
  readonly ready: boolean;
  readonly slots: readonly SlotReport[];
  readonly items: number;
  readonly train: number;
  readonly valid: number;
  readonly skipped: readonly SkippedItem[];
  readonly vocab: readonly string[];
  /** Numbers that leave the model for an item, or for a pixel of a segmentation (fastai's `data.c`). */
  readonly outputs: number;
  readonly histogram: readonly ClassCount[];
  /** Values of masks without a class; none for other labels. */
  readonly maskValues: readonly MaskValue[];
  /** Height, width, channels of one item as the model gets it. */
  readonly inputShape: readonly [number, number, number];
  /** Per channel, of the training pixels in [0, 1]; null until measured. */
  readonly stats: { readonly mean: readonly number[]; readonly std: readonly number[] } | null;
  readonly problems: readonly Problem[];
}

/** What is done before a block can be shown; unpacking counts bytes, the others files. */
export type LoadingPhase = "scanning" | "unpacking" | "decoding";

/** A picture that is shown before its source is whole. */
export interface PeekPicture {
  readonly path: string;
  readonly image: ImageBitmap;
}

export interface PreviewRequest {
  readonly split: "train" | "valid";
  readonly count: number;
  /** Draws another batch. */
  readonly shuffle: number;
  /** As the model sees it (with augmentation), or the plain item. */
  readonly augmented: boolean;
  /** "Same item, nine draws": show only this item. */
  readonly item?: number;
}

/** What lies on a picture and is to be learned. */
export type PreviewTarget =
  | { readonly kind: "mask"; readonly size: readonly [height: number, width: number]; readonly ids: PackedMask }
  /** (y, x) from −1 to 1, one after the other. */
  | { readonly kind: "points"; readonly points: Float32Array };

export interface PreviewItem {
  readonly item: number;
  readonly path: string;
  readonly labels: readonly string[];
  readonly image: ImageBitmap;
  readonly target?: PreviewTarget;
}

/** One step in the walk of a sample through the block (fastai's `summary()`). */
export interface WalkStep {
  readonly slot: SlotName;
  readonly title: string;
  readonly value: string;
  readonly image?: ImageBitmap;
  readonly target?: PreviewTarget;
  /** The numbers that a picture is drawn from. */
  readonly series?: Float32Array;
  /** The sample stops here, and why. */
  readonly problem?: Problem;
}
