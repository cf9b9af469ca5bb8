// How a long text is cut into chunks and which of them a classifier looks at (fastai's MultiBatchEncoder).

export interface Chunk {
  readonly start: number;
  readonly size: number;
  /** Its outputs are pooled; the others only bring the state along. */
  readonly keep: boolean;
}

/**
 * A chunk is kept where it begins after length − maxLen, strictly: a text of exactly maxLen loses its first chunk, as in
 * fastai. Where that would leave none (one chunk of exactly maxLen), the last is kept; fastai fails there.
 */
export function keptChunks(length: number, bptt: number, maxLen: number): Chunk[] {
  const chunks: Chunk[] = [];
  for (let start = 0; start < length; start += bptt) {
    chunks.push({ start, size: Math.min(bptt, length - start), keep: start > length - maxLen });
  }
  if (chunks.some(({ keep }) => keep)) return chunks;
  return chunks.map((chunk, i) => (i === chunks.length - 1 ? { ...chunk, keep: true } : chunk));
}
