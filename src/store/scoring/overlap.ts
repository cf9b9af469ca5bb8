// How well predicted areas lie on true ones: from pixels counted by true class (rows) and predicted class (columns).

export interface ClassOverlap {
  /** Number of the class. */
  readonly index: number;
  /** Both ÷ either; null where the class is neither there nor predicted. */
  readonly iou: number | null;
  /** 2 · both ÷ (true + predicted). */
  readonly dice: number | null;
  /** Share of the true pixels that were found. */
  readonly found: number | null;
  readonly truePixels: number;
}

export interface Overlap {
  /** Share of the pixels whose class is right; null without pixels. */
  readonly accuracy: number | null;
  /** Mean over the classes that are there or predicted. */
  readonly meanIou: number | null;
  readonly meanDice: number | null;
  readonly classes: readonly ClassOverlap[];
}

/** Scores of a pixel confusion [classes × classes]; pixels of the class `ignored` do not count (fastai's void class). */
export function overlapOf(confusion: ArrayLike<number>, classes: number, ignored = -1): Overlap {
  const at = (actual: number, taken: number): number => confusion[actual * classes + taken] ?? 0;
  const all = Array.from({ length: classes }, (_, index) => index);
  const counted = all.filter((index) => index !== ignored);
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const perClass = counted.map((index): ClassOverlap => {
    const both = at(index, index);
    const truePixels = sum(all.map((taken) => at(index, taken)));
    const predicted = sum(counted.map((actual) => at(actual, index)));
    const either = truePixels + predicted - both;
    return {
      index,
      truePixels,
      iou: either > 0 ? both / either : null,
      dice: either > 0 ? (2 * both) / (truePixels + predicted) : null,
      found: truePixels > 0 ? both / truePixels : null,
    };
  });
  const pixels = sum(perClass.map(({ truePixels }) => truePixels));
  const mean = (values: readonly (number | null)[]): number | null => {
    const there = values.filter((value) => value !== null);
    return there.length > 0 ? sum(there) / there.length : null;
  };
  return {
    accuracy: pixels > 0 ? sum(counted.map((index) => at(index, index))) / pixels : null,
    meanIou: mean(perClass.map(({ iou }) => iou)),
    meanDice: mean(perClass.map(({ dice }) => dice)),
    classes: perClass,
  };
}
