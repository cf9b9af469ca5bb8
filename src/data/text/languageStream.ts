// All texts as one long line of ids that a language model reads in parallel streams (fastai's LanguageModelPreLoader).

export interface LanguageStream {
  /** Of all texts together. */
  readonly tokens: number;
  /** Batches of an epoch: the last one wraps around to the beginning. */
  readonly batches: number;
  /** x and y of batch `k` of an epoch with this order of texts, both [batchSize × bptt]; y is one id further on. */
  batch(order: readonly number[], k: number): { readonly x: Int32Array; readonly y: Int32Array };
}

export interface LanguageStreamOptions {
  readonly batchSize: number;
  readonly bptt: number;
  /** From the last token to the first. */
  readonly backwards?: boolean;
}

/** Reads tokens of the concatenation of texts in an order, without making it. */
function reader(texts: readonly Int32Array[], order: readonly number[], total: number, backwards: boolean) {
  const starts = new Float64Array(order.length);
  let sum = 0;
  order.forEach((text, i) => {
    starts[i] = sum;
    sum += (texts[text] as Int32Array).length;
  });
  const textAt = (position: number): number => {
    let [low, high] = [0, order.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= position) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  /** Fills `out` with the tokens from `position` on, round and round. */
  return (position: number, out: Int32Array): void => {
    for (let i = 0; i < out.length; i += 1) {
      const wrapped = (position + i) % total;
      const at = backwards ? total - 1 - wrapped : wrapped;
      const place = textAt(at);
      const text = texts[order[place] as number] as Int32Array;
      if (backwards) {
        out[i] = text[at - (starts[place] as number)] as number;
        continue;
      }
      // As much of this text as fits, in one go.
      const from = at - (starts[place] as number);
      const part = text.subarray(from, from + out.length - i);
      out.set(part, i);
      i += Math.max(0, part.length - 1);
    }
  };
}

/** Streams over texts of ids; texts may be empty, but not all of them. */
export function languageStream(texts: readonly Int32Array[], options: LanguageStreamOptions): LanguageStream {
  const { batchSize, bptt, backwards = false } = options;
  const tokens = texts.reduce((sum, text) => sum + text.length, 0);
  if (tokens === 0) throw new Error("a language model needs at least one token");
  let known: { order: readonly number[]; read: ReturnType<typeof reader> } | null = null;
  return {
    tokens,
    batches: Math.ceil(tokens / (bptt * batchSize)),
    batch(order, k) {
      if (known?.order !== order) known = { order, read: reader(texts, order, tokens, backwards) };
      const x = new Int32Array(batchSize * bptt);
      const y = new Int32Array(batchSize * bptt);
      const row = new Int32Array(bptt + 1);
      for (let j = 0; j < batchSize; j += 1) {
        // fastai: stream j begins at int(total / streams · j).
        known.read(Math.floor((tokens / batchSize) * j) + k * bptt, row);
        x.set(row.subarray(0, bptt), j * bptt);
        y.set(row.subarray(1), j * bptt);
      }
      return { x, y };
    },
  };
}
