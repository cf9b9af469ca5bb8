// Puts texts of different lengths into one rectangle of ids (fastai's pad_collate).

export interface PadOptions {
  /** Id of padding. */
  readonly pad?: number;
  /** In front, so that the last step is the last word. On unless told. */
  readonly padFirst?: boolean;
  /** The length is rounded up to a multiple of this; 8 suits half precision. */
  readonly multipleOf?: number;
  /** Rows of the rectangle; those without a text are padding. */
  readonly rows?: number;
  /** Turns every row round. */
  readonly backwards?: boolean;
}

export interface PaddedTexts {
  readonly ids: Int32Array;
  readonly rows: number;
  /** Steps of each row. */
  readonly length: number;
}

/** Texts of ids → [rows × length]. */
export function padTexts(texts: readonly Int32Array[], options: PadOptions = {}): PaddedTexts {
  const { pad = 1, padFirst = true, multipleOf = 1, rows = texts.length, backwards = false } = options;
  const longest = texts.reduce((most, text) => Math.max(most, text.length), 1);
  const length = Math.ceil(longest / multipleOf) * multipleOf;
  const ids = new Int32Array(rows * length).fill(pad);
  texts.forEach((text, row) => {
    // Turned round as a whole, padding that shall be in front stands behind at first.
    const front = backwards ? !padFirst : padFirst;
    ids.set(text, row * length + (front ? length - text.length : 0));
    if (backwards) ids.subarray(row * length, (row + 1) * length).reverse();
  });
  return { ids, rows, length };
}
