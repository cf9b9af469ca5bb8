// Looking into a data block: its items by number, the tensors of a batch, what charts draw, and what found no partner.
import type { Mend } from "../base/problem";
import type { PreviewTarget } from "./dataReport";

/** The two datasets, and the items that are in neither. */
export const ITEM_SETS = ["train", "valid", "unused"] as const;
export type ItemSet = (typeof ITEM_SETS)[number];

/** Which items to list; every condition that is given must hold. */
export interface ItemQuery {
  readonly set: ItemSet | "all";
  /** Part of the path, whatever its case. */
  readonly name: string;
  /** Items with all of these labels. */
  readonly labels: readonly string[];
  /** Items whose number lies in [from, to), or [from, to] where `last`; `at` is the number's place in the vocabulary. */
  readonly value: {
    readonly at: number;
    readonly from: number;
    readonly to: number;
    readonly last: boolean;
  } | null;
  /** Only these, in this order. */
  readonly only: readonly number[] | null;
}

/** What a row of the explorer shows. */
export interface ItemFact {
  readonly item: number;
  readonly path: string;
  readonly labels: readonly string[];
  readonly set: ItemSet;
  /** Its number in its own dataset: `dataset[at]`. */
  readonly at: number;
}

/** A tensor in short. */
export interface TensorFacts {
  readonly shape: readonly number[];
  readonly dtype: "float32" | "int32";
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** How many values are no finite numbers. */
  readonly odd: number;
}

export interface ChannelFacts {
  readonly mean: number;
  readonly std: number;
}

/** `dataset[i]`: one item with the values that the model gets for it. */
export interface ItemValues extends ItemFact {
  /** What lies in the file: "JPEG, 640 × 480 pixels"; or why nothing can be read. */
  readonly file: string;
  readonly bytes: number | null;
  /** What was read from the file, before it becomes a number: "cats", or the path of a mask. */
  readonly answer: string;
  /** Null where the file cannot be read. */
  readonly x: TensorFacts | null;
  readonly y: TensorFacts | null;
  /** The first numbers of y. */
  readonly values: readonly number[];
  /** As it looks to the model, without normalisation. */
  readonly image: ImageBitmap | null;
  readonly target?: PreviewTarget;
  /** The numbers that the picture is drawn from. */
  readonly series?: Float32Array;
}

export interface BatchRequest {
  readonly set: "train" | "valid";
  readonly epoch: number;
  readonly batch: number;
}

/** One item's place in a batch. */
export interface BatchSlot {
  /** −1 for padding. */
  readonly item: number;
  readonly labels: readonly string[];
  readonly weight: number;
  /** The first numbers of its y. */
  readonly values: readonly number[];
  readonly image: ImageBitmap;
  readonly target?: PreviewTarget;
}

/** The tensors of one batch, exactly as the model gets them. */
export interface BatchValues {
  readonly request: BatchRequest;
  /** Batches of an epoch. */
  readonly batches: number;
  readonly x: TensorFacts;
  readonly channels: readonly ChannelFacts[];
  readonly y: TensorFacts;
  readonly padding: number;
  /** How many items of the set the epoch leaves out, because its last batch would not be whole. */
  readonly dropped: number;
  /** False before every file has been read: what cannot be read is left out then, and the order changes. */
  readonly exact: boolean;
  readonly slots: readonly BatchSlot[];
}

/** What charts of labels draw. */
export type LabelFacts =
  | { readonly kind: "none" }
  /** Of each class the share of all pixels, and on how many of the masks looked at it is. */
  | {
      readonly kind: "areas";
      readonly names: readonly string[];
      readonly shares: readonly number[];
      readonly masks: readonly number[];
      readonly looked: number;
    }
  /** [labels × labels] items that have both; on the diagonal those that have one at all. The commonest labels first. */
  | { readonly kind: "together"; readonly labels: readonly string[]; readonly counts: Int32Array; readonly all: number }
  /** [items × names] of the items in either set. */
  | {
      readonly kind: "values";
      readonly names: readonly string[];
      readonly values: Float32Array;
      readonly valid: Uint8Array;
    }
  /** (y, x) of each point of a few items, as shares of the box around all of them, and the mean of all items. */
  | {
      readonly kind: "points";
      readonly names: readonly string[];
      readonly some: Float32Array;
      readonly mean: Float32Array;
      readonly aspect: number;
    };

/** Width and height of pictures, two numbers an item, upright; zeros where the header cannot be read. */
export type PictureSizes = Uint32Array;

/** Things on one side without a partner on the other. */
export interface UnmatchedGroup {
  /** "Pictures without a mask". */
  readonly title: string;
  readonly detail: string;
  /** All of them. */
  readonly names: readonly string[];
  readonly mend: readonly Mend[];
}
