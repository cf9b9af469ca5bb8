// Frees the buffers that the pool keeps for reuse: it never does so itself and grows with every new size.
import { activeGpu, submit } from "./backend";

/** Bytes that tensors use and bytes that are allocated on the GPU; zeros on the cpu backend. */
export function gpuMemory(): { used: number; allocated: number } {
  const pool = activeGpu()?.bufferManager;
  return { used: pool?.numBytesUsed ?? 0, allocated: pool?.numBytesAllocated ?? 0 };
}

/** Destroys every free pooled buffer and returns the bytes freed; call it between stages, not between steps. */
export function trimPool(): number {
  const gpu = activeGpu();
  if (!gpu) return 0;
  // Recorded work may still use them; after this it is the queue's business, which finishes before destroying.
  submit();
  const pool = gpu.bufferManager;
  let freed = 0;
  for (const buffers of pool.freeBuffers.values()) {
    for (const buffer of buffers) {
      freed += buffer.size;
      buffer.destroy();
    }
    pool.numFreeBuffers -= buffers.length;
    buffers.length = 0;
  }
  // The (now empty) lists stay: the pool refuses to release anything while it has no list at all.
  pool.numBytesAllocated -= freed;
  return freed;
}
