// Everything a learner needs to go on as if it had never stopped, as plain data.

export interface SavedTensor {
  readonly shape: readonly number[];
  /** In our own layouts, bit for bit. */
  readonly data: Float32Array;
}

/** Where a fit stands: the next batch to do. */
export interface FitPosition {
  readonly epoch: number;
  readonly batch: number;
  readonly fitStep: number;
}

export interface LearnerJson {
  readonly version: 1;
  readonly step: number;
  /** Epochs of data begun so far over the whole run: decides their order and augmentation. */
  readonly dataEpoch: number;
  /** Null between fits. */
  readonly position: FitPosition | null;
  /** First layer group that is fully trained. */
  readonly frozenTo: number;
  /** Null before the first step after freezing or thawing. */
  readonly optimizer: { readonly id: string; readonly steps: number } | null;
  /** `num_batches_tracked` by name. */
  readonly counters: Readonly<Record<string, number>>;
  readonly callbacks: Readonly<Record<string, unknown>>;
}

export interface LearnerState {
  /** `model.` and `optimizer.` followed by PyTorch's names, and `callback.` with the callback's. */
  readonly tensors: ReadonlyMap<string, SavedTensor>;
  readonly json: LearnerJson;
}
