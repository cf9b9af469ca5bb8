// Which class was taken for which, counted: rows are the truth, columns the prediction.

export interface Confusion {
  readonly classes: number;
  /** Row-major, [actual × predicted]. */
  readonly counts: Int32Array;
}

/** The class with the highest probability of every item, the first of equals; [n × classes] → [n]. */
export function predictedClasses(probabilities: Float32Array, classes: number): Int32Array {
  const items = classes > 0 ? Math.floor(probabilities.length / classes) : 0;
  const predicted = new Int32Array(items);
  for (let item = 0; item < items; item += 1) {
    const start = item * classes;
    let best = 0;
    for (let label = 1; label < classes; label += 1)
      if ((probabilities[start + label] ?? 0) > (probabilities[start + best] ?? 0)) best = label;
    predicted[item] = best;
  }
  return predicted;
}

/** Counts every pair of actual and predicted class; [n], [n] → [classes × classes]. */
export function confusionMatrix(targets: Int32Array, predicted: Int32Array, classes: number): Confusion {
  const counts = new Int32Array(classes * classes);
  targets.forEach((actual, item) => {
    const cell = actual * classes + (predicted[item] ?? 0);
    counts[cell] = (counts[cell] ?? 0) + 1;
  });
  return { classes, counts };
}

/** Share of each row: P(predicted | actual); a class without items has zeros. */
export function shareOfRow({ classes, counts }: Confusion): Float64Array {
  const shares = new Float64Array(counts.length);
  for (let actual = 0; actual < classes; actual += 1) {
    const row = counts.subarray(actual * classes, (actual + 1) * classes);
    const total = row.reduce((sum, count) => sum + count, 0);
    if (total > 0) row.forEach((count, label) => (shares[actual * classes + label] = count / total));
  }
  return shares;
}

/** Positions of the items in one cell, in order. */
export function itemsOfCell(targets: Int32Array, predicted: Int32Array, actual: number, taken: number): number[] {
  const items: number[] = [];
  targets.forEach((target, item) => {
    if (target === actual && predicted[item] === taken) items.push(item);
  });
  return items;
}

/** Share of the items on the diagonal; null without items. */
export function accuracyOf({ classes, counts }: Confusion): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  let right = 0;
  for (let label = 0; label < classes; label += 1) right += counts[label * (classes + 1)] ?? 0;
  return right / total;
}
