// How many items a part of a cross-validation has.

/** Parts differ by one item at most; the first ones are the larger (scikit-learn's KFold). */
export function foldSize(count: number, folds: number, fold: number): number {
  return Math.floor(count / folds) + (fold < count % folds ? 1 : 0);
}
