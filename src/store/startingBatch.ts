// How many pictures a step takes where nobody has said so: few enough that an epoch of a small set is more than a step or two.
import { powerOfTwoIn } from "../base/powers";

/** Steps that an epoch should have at least. */
const STEPS = 8;
/** Below this a batch norm measures too little, and steps are for the GPU hardly quicker. */
const SMALLEST = 8;

/** `batch`, or a smaller power of two where the training set has few items. */
export function startingBatch(batch: number, train: number): number {
  const fitting = train < SMALLEST ? powerOfTwoIn(train) : Math.max(SMALLEST, powerOfTwoIn(train / STEPS));
  return Math.min(batch, fitting);
}
