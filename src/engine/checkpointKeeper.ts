// Writes checkpoints beside the training, one at a time, and reads the newest one back.
import type { Problem } from "../base/problem";
import { problem } from "../spec/problems";
import type { Slots } from "../storage/slots";
import { decodeCheckpoint, encodeCheckpoint, isFinite, type Checkpoint } from "./checkpoint";

export interface CheckpointKeeper {
  /** False while the last one is being written, or was so slow that another would cost more than 5 % of the time. */
  ready(): boolean;
  /** Keeps a checkpoint; null when it was kept, else why not. A state that is not finite is never kept. */
  keep(checkpoint: Checkpoint): Promise<Problem | null>;
  /** The newest whole checkpoint; `damaged` when a newer one is not whole. */
  load(): Promise<{ readonly checkpoint: Checkpoint | null; readonly damaged: boolean }>;
  remove(): Promise<void>;
}

/** Keeps the newest checkpoint also in memory, so that it can be gone back to on a full disk. */
export function checkpointKeeper(slots: Slots, clock: () => number): CheckpointKeeper {
  let writing: Promise<unknown> = Promise.resolve();
  let busy = false;
  let earliest = 0;
  let newest: Checkpoint | null | undefined;

  const write = async (checkpoint: Checkpoint): Promise<Problem | null> => {
    const began = clock();
    busy = true;
    try {
      const saved = await slots.save(encodeCheckpoint(checkpoint));
      return saved.ok ? null : saved.error;
    } finally {
      busy = false;
      const ended = clock();
      earliest = ended + 20 * (ended - began);
    }
  };

  return {
    ready: () => !busy && clock() >= earliest,
    keep(checkpoint) {
      if (!isFinite(checkpoint.learner.tensors)) return Promise.resolve(problem("LOSS_NOT_FINITE"));
      newest = checkpoint;
      const written = writing.then(() => write(checkpoint));
      writing = written.catch(() => undefined);
      return written;
    },
    async load() {
      if (newest !== undefined) return { checkpoint: newest, damaged: false };
      const { kept, damaged } = await slots.load();
      const checkpoint = kept ? await decodeCheckpoint(kept.content) : null;
      newest = checkpoint;
      return { checkpoint, damaged: damaged || (kept !== null && checkpoint === null) };
    },
    async remove() {
      await writing;
      newest = null;
      await slots.remove();
    },
  };
}
