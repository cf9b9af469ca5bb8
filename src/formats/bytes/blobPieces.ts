// The bytes of a blob in pieces of a megabyte, one at a time.

const PIECE = 2 ** 20;

/** Reads [from, to) of a blob in order; throws the platform's error where the file changed under us. */
export async function* blobPieces(blob: Blob, from = 0, to = blob.size, piece = PIECE): AsyncGenerator<Uint8Array> {
  for (let at = from; at < to; at += piece)
    yield new Uint8Array(await blob.slice(at, Math.min(to, at + piece)).arrayBuffer());
}
