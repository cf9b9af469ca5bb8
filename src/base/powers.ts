// Powers of two, in which the sizes of batches go.

/** The largest power of two that is not above `value`; 1 for what is below 1. */
export const powerOfTwoIn = (value: number): number => 2 ** Math.floor(Math.log2(Math.max(1, value)));
