// The data as the page knows it: what was dropped, how it may be read, how the block went, and pictures of it.
import { createStore } from "zustand/vanilla";
import type {
  DataReport,
  Guess,
  LoadingPhase,
  PeekPicture,
  PreviewItem,
  PreviewRequest,
  SourceInfo,
  SourceOutline,
  WalkStep,
} from "../spec/dataReport";

export interface Loading {
  readonly phase: LoadingPhase;
  readonly done: number;
  readonly total: number | null;
}

export interface DatasetState {
  readonly source: SourceInfo | null;
  /** A source is being indexed. */
  readonly opening: boolean;
  /** The first pictures of the source that is being indexed. */
  readonly peek: readonly PeekPicture[];
  readonly guesses: readonly Guess[];
  /** Names to offer and paths to try patterns on. */
  readonly outline: SourceOutline | null;
  /** The guess that the recipe took over, while nobody has said yes or no. */
  readonly guess: string | null;
  readonly report: DataReport | null;
  readonly preparing: boolean;
  readonly loading: Loading | null;
  readonly request: PreviewRequest;
  readonly previews: readonly PreviewItem[];
  readonly previewing: boolean;
  /** The item whose way through the block is shown. */
  readonly walked: number | null;
  readonly walk: readonly WalkStep[];
  /** A kept folder that waits for a click to be read again. */
  readonly reconnect: { readonly name: string; readonly handle: FileSystemDirectoryHandle } | null;
}

export const FIRST_REQUEST: PreviewRequest = { split: "train", count: 24, shuffle: 0, augmented: true };

/** The data store. */
export function createDatasetStore() {
  return createStore<DatasetState>()(() => ({
    source: null,
    opening: false,
    peek: [],
    guesses: [],
    outline: null,
    guess: null,
    report: null,
    preparing: false,
    loading: null,
    request: FIRST_REQUEST,
    previews: [],
    previewing: false,
    walked: null,
    walk: [],
    reconnect: null,
  }));
}

export type DatasetStore = ReturnType<typeof createDatasetStore>;
