// What every splitter does: which items train, which validate, and which are left out.

export const TRAIN = 0;
export const VALID = 1;
export const UNUSED = 2;

/** Per item TRAIN, VALID or UNUSED. */
export type Split = Uint8Array;

export interface SplitContext {
  readonly count: number;
  /** Path of an item. */
  readonly path: (item: number) => string;
}
