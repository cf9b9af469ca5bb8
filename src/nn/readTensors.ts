// Reads many tensors in few transfers: they are copied side by side on the GPU and fetched as one.
import type { Tensor } from "@tensorflow/tfjs-core";
import { arenaBlock, copyIntoArena, createArena } from "../tensor/arena";
import { readback } from "../tensor/readback";

/** Bytes fetched at once: large enough for few round trips, small enough beside the training memory. */
const batchBytes = 64 * 2 ** 20;

async function readBatch(tensors: readonly Tensor[]): Promise<Float32Array[]> {
  const arena = createArena(tensors.map((tensor) => tensor.shape));
  try {
    copyIntoArena(arena, tensors);
    const values: Float32Array[] = [];
    await Promise.all(
      arena.chunks.map(async (chunk) => {
        const flat = (await readback(chunk.flat)) as Float32Array;
        chunk.members.forEach((member, k) => {
          const start = (chunk.starts[k] as number) * arenaBlock;
          values[member] = flat.slice(start, start + (tensors[member] as Tensor).size);
        });
      }),
    );
    return values;
  } finally {
    const copies = arena.tensors;
    arena.dispose();
    for (const copy of copies) copy.dispose();
  }
}

/** The values of float32 tensors as they are now, in order; fresh copies in our own layouts. */
export async function readTensors(tensors: readonly Tensor[]): Promise<Float32Array[]> {
  const values: Float32Array[] = [];
  let from = 0;
  while (from < tensors.length) {
    let to = from;
    for (let bytes = 0; to < tensors.length && (to === from || bytes < batchBytes); to += 1) {
      bytes += (tensors[to] as Tensor).size * 4;
    }
    values.push(...(await readBatch(tensors.slice(from, to))));
    from = to;
  }
  return values;
}
