// How many pictures a step takes where nobody has said so: few enough that an epoch of a small set is more than a step or two.

/** Steps that an epoch should have at least. */
const STEPS = 8;
/** Below this a batch norm measures too little, and steps are for the GPU hardly quicker. */
const SMALLEST = 8;

const powerBelow = (value: number): number => 2 ** Math.floor(Math.log2(Math.max(1, value)));

/** `batch`, or a smaller power of two where the training set has few items. */
export function startingBatch(batch: number, train: number): number {
  const fitting = train < SMALLEST ? powerBelow(train) : Math.max(SMALLEST, powerBelow(train / STEPS));
  return Math.min(batch, fitting);
}
