// What is looked at inside of the data: a list of items and one of them, a batch, what charts draw, what has no partner.
import { createStore } from "zustand/vanilla";
import type { Problem } from "../base/problem";
import type {
  BatchRequest,
  BatchValues,
  ItemFact,
  ItemQuery,
  ItemValues,
  LabelFacts,
  UnmatchedGroup,
} from "../spec/dataLook";

export type LookTab = "charts" | "items" | "batches" | "unmatched";

/** Measured pictures: two numbers an item, in the items' order, as far as they are read. */
export interface Measured {
  readonly items: readonly number[];
  readonly sizes: Uint32Array;
  readonly done: number;
}

export interface ExplorerState {
  /** Counts the blocks: whatever was asked of an earlier one is thrown away when it comes. */
  readonly block: number;
  readonly tab: LookTab;
  readonly query: ItemQuery;
  /** Why these items are listed, where a chart was pressed: "cats", "larger than 4,000 pixels". */
  readonly reason: string;
  /** Items that fit; null until asked for. */
  readonly found: Int32Array | null;
  /** Rows by item, as far as they were in sight. */
  readonly facts: ReadonlyMap<number, ItemFact>;
  /** Place of the chosen item in `found`. */
  readonly at: number;
  readonly values: ItemValues | null;
  readonly request: BatchRequest;
  readonly batch: BatchValues | null;
  readonly batchProblem: Problem | null;
  readonly batchBusy: boolean;
  readonly labels: LabelFacts | null;
  readonly measured: Measured | null;
  readonly unmatched: readonly UnmatchedGroup[] | null;
}

export const EVERY_ITEM: ItemQuery = { set: "train", name: "", labels: [], value: null, only: null };
export const FIRST_BATCH: BatchRequest = { set: "train", epoch: 0, batch: 0 };

/** What is known of one block only. */
export const NOT_LOOKED = {
  found: null,
  facts: new Map<number, ItemFact>(),
  at: 0,
  values: null,
  batch: null,
  batchProblem: null,
  batchBusy: false,
  labels: null,
  measured: null,
  unmatched: null,
} satisfies Partial<ExplorerState>;

/** The explorer's store. */
export function createExplorerStore() {
  return createStore<ExplorerState>()(() => ({
    tab: "charts",
    query: EVERY_ITEM,
    reason: "",
    request: FIRST_BATCH,
    block: 0,
    ...NOT_LOOKED,
  }));
}

export type ExplorerStore = ReturnType<typeof createExplorerStore>;
