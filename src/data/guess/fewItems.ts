// Smaller batches where there are few items: with the usual ones an epoch would be over after a step or two.
import type { Guess } from "../../spec/dataReport";

const USUAL = 32;
/** Batch norms need a few pictures at once. */
const LEAST = 8;
/** Steps that an epoch should have at least. */
const STEPS = 10;

interface FewItems {
  readonly evidence: readonly string[];
  readonly data: Pick<Guess["data"], "batchSize">;
}

/** For about so many items to train on. */
export function fewItems(train: number): FewItems {
  if (train >= STEPS * USUAL) return { evidence: [], data: {} };
  const batchSize = Math.max(LEAST, 2 ** Math.floor(Math.log2(Math.max(1, train / (1.5 * STEPS)))));
  return {
    evidence: [`There are few to learn from, so batches are of ${batchSize}: each epoch takes ${Math.floor(train / batchSize)} steps or so.`],
    data: { batchSize },
  };
} // prettier-ignore
